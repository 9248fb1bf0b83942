package io.witan.retrieval.packing;

import io.witan.catalogue.TextVersionId;
import io.witan.retrieval.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fills a budget of tokens: first with hits, best first, then with what stands beside them, nearest
 * first. A passage is taken whole or not at all; one that does not fit leaves room for the next.
 */
public final class ContextPacker {
  /** Passages on each side of a hit that may be read with it. */
  public static final int REACH = 4;

  /** Number, page and what delimits a stretch. */
  private static final int STRETCH_TOKENS = 24;

  /** What stands between two passages. */
  private static final int PASSAGE_TOKENS = 4;

  private final ToIntFunction<String> counter;
  private final int budget;
  private final Map<TextVersionId, TreeMap<Integer, NearbyPassage>> nearby = new HashMap<>();
  private final Map<TextVersionId, TreeMap<Integer, NearbyPassage>> taken = new LinkedHashMap<>();
  private final Map<UUID, Hit> hits = new HashMap<>();
  private int tokens;

  private ContextPacker(ToIntFunction<String> counter, int budget) {
    this.counter = counter;
    this.budget = budget;
  }

  /**
   * Packs hits and their neighbours.
   *
   * @param hits best first
   * @param around passages near them, themselves included; hits that are missing are left out
   * @param counter tokens of a text
   * @param budget tokens
   */
  public static PackedContext pack(
      List<Hit> hits, List<NearbyPassage> around, ToIntFunction<String> counter, int budget) {
    var packer = new ContextPacker(counter, budget);
    around.forEach(
        it ->
            packer
                .nearby
                .computeIfAbsent(it.textVersionId(), id -> new TreeMap<>())
                .put(it.ordinal(), it));
    var places = packer.takeHits(hits);
    packer.takeNeighbours(places);
    boolean complete = places.size() == hits.size();
    return new PackedContext(packer.stretches(), packer.tokens, places.size(), complete);
  }

  private List<NearbyPassage> takeHits(List<Hit> found) {
    var ids = new HashMap<UUID, NearbyPassage>();
    nearby.values().forEach(it -> it.values().forEach(p -> ids.put(p.passageId(), p)));
    var places = new ArrayList<NearbyPassage>();
    for (var hit : found) {
      var place = ids.get(hit.passageId());
      if (place == null || hits.containsKey(hit.passageId())) {
        continue;
      }
      int title = counter.applyAsInt(hit.title() + " " + hit.headingPath());
      if (take(place, title + STRETCH_TOKENS)) {
        hits.put(hit.passageId(), hit);
        places.add(place);
      }
    }
    return places;
  }

  /** Goes one step further from each hit in turn, and never over a gap. */
  private void takeNeighbours(List<NearbyPassage> places) {
    for (int distance = 1; distance <= REACH; distance++) {
      for (var place : places) {
        for (int side : new int[] {1, -1}) {
          int ordinal = place.ordinal() + side * distance;
          var text = taken.getOrDefault(place.textVersionId(), new TreeMap<>());
          var neighbour = nearby(place.textVersionId(), ordinal);
          boolean attached = text.containsKey(ordinal - side);
          if (neighbour != null && attached && !text.containsKey(ordinal)) {
            take(neighbour, 0);
          }
        }
      }
    }
  }

  private @Nullable NearbyPassage nearby(TextVersionId text, int ordinal) {
    var passages = nearby.get(text);
    return passages == null ? null : passages.get(ordinal);
  }

  private boolean take(NearbyPassage passage, int more) {
    int cost = counter.applyAsInt(passage.text()) + PASSAGE_TOKENS + more;
    if (cost > budget - tokens) {
      return false;
    }
    tokens += cost;
    taken
        .computeIfAbsent(passage.textVersionId(), id -> new TreeMap<>())
        .put(passage.ordinal(), passage);
    return true;
  }

  /** The order of {@code taken} is that of each text's best hit that fitted. */
  private List<Stretch> stretches() {
    var stretches = new ArrayList<Stretch>();
    for (var text : taken.values()) {
      var run = new ArrayList<NearbyPassage>();
      int next = -1;
      for (var entry : text.entrySet()) {
        if (entry.getKey() != next && !run.isEmpty()) {
          stretches.add(stretch(stretches.size() + 1, run));
          run.clear();
        }
        run.add(entry.getValue());
        next = entry.getKey() + 1;
      }
      stretches.add(stretch(stretches.size() + 1, run));
    }
    return stretches;
  }

  private Stretch stretch(int number, List<NearbyPassage> run) {
    var best =
        run.stream()
            .flatMap(it -> java.util.stream.Stream.ofNullable(hits.get(it.passageId())))
            .min(Comparator.comparingInt(Hit::rank))
            .orElseThrow();
    return new Stretch(number, best, run);
  }
}
