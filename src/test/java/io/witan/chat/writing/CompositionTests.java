package io.witan.chat.writing;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.chat.AnswerBlock;
import io.witan.chat.AnswerEvent;
import io.witan.chat.Citation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompositionTests {
  private static final UUID TEXT = UUID.randomUUID();
  private final List<AnswerEvent> events = new ArrayList<>();
  private final List<String> statements = new ArrayList<>();

  @Test
  void numbersCitationsByFirstUseAndDropsWhatDoesNotExist() {
    var composed = composed("Leave is long [3]. It is paid [9]. Ask early [1].");

    assertThat(composed.blocks())
        .containsExactly(
            new AnswerBlock(
                AnswerBlock.Kind.TEXT,
                "Leave is long [1]. It is paid. Ask early [2].",
                List.of(1, 2)));
    assertThat(composed.citations()).extracting(Citation::start).containsExactly(3, 1);
    assertThat(composed.dropped()).isEqualTo(1);
    assertThat(statements).containsExactly("Leave is long", "It is paid", "Ask early");
  }

  @Test
  void citesTheStatementBeforeAMarkerThatFollowsItsFullStop() {
    composed("First this. Then that. [1][2] More. [1]");

    assertThat(statements).containsExactly("Then that.", "Then that.", "More.");
  }

  @Test
  void aSourceTwiceInAParagraphIsOneCitationAndInAnotherItsOwn() {
    var composed = composed("One [2]. Two [2].\n\nThree [2].");

    assertThat(composed.blocks())
        .extracting(AnswerBlock::text)
        .containsExactly("One [1]. Two [1].", "Three [2].");
    assertThat(composed.blocks())
        .extracting(AnswerBlock::citations)
        .containsExactly(List.of(1), List.of(2));
  }

  @Test
  void showsNothingBeforeTheFirstCitationHolds() {
    var composition = composition();
    composition.accept("Some introduction.\n\nLeave is");
    assertThat(events).isEmpty();

    composition.accept(" long [1].");
    composition.finish();

    assertThat(streamed()).isEqualTo("Some introduction.|Leave is long [1].");
    assertThat(composition.blocks())
        .extracting(AnswerBlock::citations)
        .containsExactly(List.of(), List.of(1));
  }

  @Test
  void saysNothingWithoutAnyCitation() {
    var composed = composed("The sky is blue.\n\nSo they say [7].");

    assertThat(composed.blocks()).isEmpty();
    assertThat(events).isEmpty();
  }

  @Test
  void hearsThatThePassagesDoNotHoldIt() {
    var composition = composition();
    composition.accept("NOT-IN-");
    assertThat(composition.saysAbsent()).isFalse();
    composition.accept("DOCUMENTS");
    assertThat(composition.saysAbsent()).isTrue();
  }

  @Test
  void streamsExactlyWhatItKeepsHoweverItComes() {
    var text =
        "Intro:\n\n- a [1]\n- b (c) [2](x)\n\n```\ncode\n\nmore\n```\nEnd [3] 。\n\nLast [1, 2]\n";
    var whole = composed(text).blocks();
    for (int cut = 0; cut <= text.length(); cut++) {
      events.clear();
      var composition = composition();
      composition.accept(text.substring(0, cut));
      composition.accept(text.substring(cut));
      composition.finish();
      assertThat(composition.blocks()).as("cut at %d", cut).isEqualTo(whole);
      var kept = String.join("|", whole.stream().map(AnswerBlock::text).toList());
      assertThat(streamed()).as("cut at %d", cut).isEqualTo(kept);
      assertThat(events.stream().filter(AnswerEvent.BlockWritten.class::isInstance))
          .hasSize(whole.size());
    }
    assertThat(whole).hasSize(4);
    assertThat(whole.get(1).text()).isEqualTo("- a [1]\n- b (c) [2]\\(x)");
  }

  @Test
  void tellsACitationNoLaterThanItsMark() {
    composed("One [2]. Two [1].");

    var seen = new ArrayList<Integer>();
    for (var event : events) {
      if (event instanceof AnswerEvent.TextWritten more) {
        more.citations().forEach(it -> seen.add(it.number()));
        for (int number = 1; number <= 2; number++) {
          if (more.delta().contains("[" + number + "]")) {
            assertThat(seen).contains(number);
          }
        }
      }
    }
    assertThat(seen).containsExactly(1, 2);
  }

  private Composition composed(String text) {
    var composition = composition();
    composition.accept(text);
    composition.finish();
    return composition;
  }

  private Composition composition() {
    return new Composition(this::cite, events::add);
  }

  /** Passages 1 to 5 exist. */
  private Optional<Citation> cite(int stretch, String statement, int number) {
    statements.add(statement);
    return stretch > 5
        ? Optional.empty()
        : Optional.of(
            new Citation(
                number,
                TEXT,
                TEXT,
                TEXT,
                "t",
                "",
                null,
                1,
                Instant.EPOCH,
                stretch,
                stretch + 1,
                "q",
                null,
                false));
  }

  /** Streamed text, blocks joined by |. */
  private String streamed() {
    var blocks = new ArrayList<StringBuilder>();
    for (var event : events) {
      if (event instanceof AnswerEvent.TextWritten more) {
        while (blocks.size() <= more.place()) {
          blocks.add(new StringBuilder());
        }
        blocks.get(more.place()).append(more.delta());
      }
    }
    return String.join("|", blocks.stream().map(it -> it.toString().stripTrailing()).toList());
  }
}
