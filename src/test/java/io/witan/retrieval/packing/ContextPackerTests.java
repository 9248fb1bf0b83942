package io.witan.retrieval.packing;

import static org.assertj.core.api.Assertions.assertThat;

import io.witan.catalogue.CollectionId;
import io.witan.catalogue.DocumentId;
import io.witan.catalogue.TextVersionId;
import io.witan.retrieval.Hit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ContextPackerTests {
  private static final int PLENTY = 1_000_000;

  @Test
  void readsDocumentsByTheirBestHitAndEachInItsOwnOrder() {
    var first = text("first", 12, 40);
    var second = text("second", 12, 40);
    var around = new ArrayList<>(first);
    around.addAll(second);
    var hits = List.of(hit(1, second.get(9)), hit(2, first.get(5)), hit(3, second.get(0)));

    var packed = ContextPacker.pack(hits, hitsOnly(hits, around), String::length, PLENTY);

    assertThat(packed.stretches())
        .extracting(stretch -> stretch.best().rank())
        .containsExactly(3, 1, 2);
    assertThat(packed.stretches()).extracting(Stretch::number).containsExactly(1, 2, 3);
    assertThat(packed.complete()).isTrue();
    assertThat(packed.hits()).isEqualTo(3);
  }

  @Test
  void joinsNeighboursIntoOneStretchWithExactOffsets() {
    var text = text("handbook", 9, 30);
    var hits = List.of(hit(1, text.get(4)));

    var packed = ContextPacker.pack(hits, text, String::length, PLENTY);

    var stretch = packed.stretches().getFirst();
    assertThat(packed.stretches()).hasSize(1);
    assertThat(stretch.passages()).isEqualTo(text);
    assertThat(stretch.start()).isEqualTo(text.getFirst().start());
    assertThat(stretch.end()).isEqualTo(text.getLast().end());
    assertThat(stretch.text())
        .isEqualTo(text.stream().map(NearbyPassage::text).collect(Collectors.joining("\n\n")));
  }

  @Test
  void saysOnceWhatPassagesShare() {
    var one = passage("d", 0, 100, "abcdef");
    var two = passage("d", 1, 103, "defghi");

    var packed =
        ContextPacker.pack(List.of(hit(1, one)), List.of(one, two), String::length, PLENTY);

    var stretch = packed.stretches().getFirst();
    assertThat(stretch.text()).isEqualTo("abcdefghi");
    assertThat(stretch.end() - stretch.start()).isEqualTo(9);
  }

  @Test
  void prefersAFurtherHitToTheNeighbourOfABetterOne() {
    var first = text("first", 3, 100);
    var second = text("second", 1, 100);
    var around = new ArrayList<>(first);
    around.addAll(second);

    var packed =
        ContextPacker.pack(
            List.of(hit(1, first.get(1)), hit(2, second.get(0))), around, String::length, 330);

    assertThat(packed.stretches()).extracting(it -> it.best().title()).contains("first", "second");
    assertThat(packed.passages()).isEqualTo(2);
  }

  @Test
  void skipsAPassageThatIsTooLargeAndTakesTheNext() {
    var large = passage("large", 0, 0, "x".repeat(5_000));
    var small = passage("small", 0, 0, "y".repeat(50));

    var packed =
        ContextPacker.pack(
            List.of(hit(1, large), hit(2, small)), List.of(large, small), String::length, 400);

    assertThat(packed.stretches()).hasSize(1);
    assertThat(packed.stretches().getFirst().text()).isEqualTo(small.text());
    assertThat(packed.complete()).isFalse();
  }

  @Test
  void leavesOutWhatMayNoLongerBeRead() {
    var text = text("gone", 2, 40);

    var packed =
        ContextPacker.pack(List.of(hit(1, text.get(0))), List.of(), String::length, PLENTY);

    assertThat(packed.stretches()).isEmpty();
    assertThat(packed.complete()).isFalse();
  }

  @RepeatedTest(200)
  void neverExceedsTheBudgetNorCutsNorRepeatsAPassage(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var around = new ArrayList<NearbyPassage>();
    for (int document = 0; document < 1 + random.nextInt(6); document++) {
      around.addAll(text("d" + document, 1 + random.nextInt(20), 1 + random.nextInt(300)));
    }
    var shuffled = new ArrayList<>(around);
    Collections.shuffle(shuffled, random);
    var hits = new ArrayList<Hit>();
    for (var passage : shuffled.subList(0, 1 + random.nextInt(shuffled.size()))) {
      hits.add(hit(hits.size() + 1, passage));
    }
    int budget = random.nextInt(6_000);

    var packed = ContextPacker.pack(hits, shuffled, String::length, budget);

    int written =
        packed.stretches().stream()
            .mapToInt(it -> it.text().length() + it.best().title().length())
            .sum();
    assertThat(packed.tokens()).isLessThanOrEqualTo(budget);
    assertThat(written).isLessThanOrEqualTo(packed.tokens());
    var seen = new HashSet<UUID>();
    for (var stretch : packed.stretches()) {
      for (var passage : stretch.passages()) {
        assertThat(seen.add(passage.passageId())).isTrue();
        assertThat(stretch.text()).contains(passage.text());
        assertThat(passage.textVersionId()).isEqualTo(stretch.best().textVersionId());
      }
      var ordinals = stretch.passages().stream().map(NearbyPassage::ordinal).toList();
      assertThat(ordinals.getLast() - ordinals.getFirst()).isEqualTo(ordinals.size() - 1);
    }
    long inside = hits.stream().filter(hit -> seen.contains(hit.passageId())).count();
    assertThat(packed.complete()).isEqualTo(packed.hits() == hits.size());
    assertThat(inside).isGreaterThanOrEqualTo(packed.hits());
  }

  private static List<NearbyPassage> hitsOnly(List<Hit> hits, List<NearbyPassage> all) {
    var ids = hits.stream().map(Hit::passageId).toList();
    return all.stream().filter(it -> ids.contains(it.passageId())).toList();
  }

  private static List<NearbyPassage> text(String title, int passages, int length) {
    var text = new ArrayList<NearbyPassage>();
    for (int ordinal = 0; ordinal < passages; ordinal++) {
      var said = (title + ordinal + ".").repeat(length).substring(0, length);
      text.add(passage(title, ordinal, ordinal * (length + 2), said));
    }
    return text;
  }

  private static NearbyPassage passage(String title, int ordinal, int start, String text) {
    var id = UUID.nameUUIDFromBytes((title + ordinal).getBytes(StandardCharsets.UTF_8));
    return new NearbyPassage(
        id,
        new TextVersionId(uuid(title)),
        ordinal,
        "",
        "en",
        1,
        start,
        start + text.length(),
        text);
  }

  private static Hit hit(int rank, NearbyPassage passage) {
    var title =
        passage.text().startsWith("first")
            ? "first"
            : passage.text().startsWith("second") ? "second" : "other";
    return new Hit(
        rank,
        passage.passageId(),
        new DocumentId(passage.textVersionId().value()),
        passage.textVersionId(),
        new CollectionId(uuid("collection")),
        title,
        1,
        Instant.EPOCH,
        "",
        "en",
        1,
        passage.start(),
        passage.end(),
        passage.text(),
        new Hit.Ranks(rank, null),
        new Hit.Signals(1.0 / rank, 1, 1, 1));
  }

  private static UUID uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
