package io.witan.retrieval.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FusionTests {
  private final Candidate byWords = new Candidate(new UUID(0, 1), "en", 10, 0.9, 0.1);
  private final Candidate byMeaning = new Candidate(new UUID(0, 2), "en", 0, 0, 0.8);
  private final Candidate byBoth = new Candidate(new UUID(0, 3), "en", 8, 0.7, 0.7);
  private final List<Candidate> all = List.of(byWords, byMeaning, byBoth);

  @Test
  void whatBothFindComesFirst() {
    assertThat(Fusion.rank(all, "en", null).getFirst().candidate()).isEqualTo(byBoth);
  }

  @Test
  void theWeightDecidesBetweenWordsAndMeaning() {
    assertThat(Fusion.rank(all, "en", 0.0).getFirst().candidate()).isEqualTo(byWords);
    assertThat(Fusion.rank(all, "en", 1.0).getFirst().candidate()).isEqualTo(byMeaning);
  }

  @Test
  void tellsThePlaceThatEachSearchAloneGives() {
    var ranked = Fusion.rank(all, "en", null);

    assertThat(ranked)
        .extracting(Fusion.Ranked::candidate, Fusion.Ranked::byMeaning, Fusion.Ranked::byWords)
        .contains(tuple(byBoth, 2, 2), tuple(byMeaning, 1, null), tuple(byWords, 3, 1));
  }

  @Test
  void nothingAndOneAreRankedToo() {
    assertThat(Fusion.rank(List.of(), "zh", null)).isEmpty();
    assertThat(Fusion.rank(List.of(byMeaning), "zh", null).getFirst().score()).isFinite();
  }

  @Test
  void equalCandidatesKeepAStableOrder() {
    var one = new Candidate(new UUID(0, 1), "en", 1, 1, 0.5);
    var two = new Candidate(new UUID(0, 2), "en", 1, 1, 0.5);

    assertThat(Fusion.rank(List.of(two, one), "en", null))
        .isEqualTo(Fusion.rank(List.of(one, two), "en", null));
  }
}
