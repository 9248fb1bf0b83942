package io.witan.chat.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.assistants.SamplingSettings;
import io.witan.models.generation.Sampling;
import org.junit.jupiter.api.Test;

class SamplingChoiceTests {

  @Test
  void takesTheLikeliestWordsUnlessAnotherAnswerIsWanted() {
    assertThat(SamplingChoice.of(SamplingSettings.DEFAULT, 0)).isEqualTo(Sampling.greedy());
    assertThat(SamplingChoice.of(new SamplingSettings(0.0, 0.5, null, 7L), 0))
        .isEqualTo(Sampling.greedy());
    assertThat(SamplingChoice.of(SamplingSettings.DEFAULT, 42)).isEqualTo(Sampling.varied(42));
  }

  @Test
  void takesWhatTheAssistantSets() {
    var own = new SamplingSettings(1.3, 0.6, null, 7L);

    var first = SamplingChoice.of(own, 0);

    assertThat(first.temperature()).isEqualTo(1.3f);
    assertThat(first.topP()).isEqualTo(0.6f);
    assertThat(first.seed()).isEqualTo(7);
    assertThat(SamplingChoice.of(own, 0)).isEqualTo(first);
  }

  @Test
  void anotherAnswerHasAnotherSeedThanTheAssistants() {
    var own = new SamplingSettings(0.4, null, null, 7L);

    var again = SamplingChoice.of(own, 42);

    assertThat(again.temperature()).isEqualTo(0.4f);
    assertThat(again.seed()).isEqualTo(42);
  }

  @Test
  void withoutASeedEachAnswerHasItsOwn() {
    var own = new SamplingSettings(0.4, null, null, null);

    assertThat(SamplingChoice.of(own, 0).seed()).isNotEqualTo(SamplingChoice.of(own, 0).seed());
  }
}
