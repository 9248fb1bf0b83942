package io.witan.chat.writing;

import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.chat.Question;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.models.generation.GeneratorInfo;
import io.witan.retrieval.Hit;
import io.witan.retrieval.Passages;
import io.witan.retrieval.packing.ContextPacker;
import io.witan.retrieval.packing.NearbyPassage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * All that a prompt may be made of, but for the question and the assistant's instructions. What
 * goes to another machine is decided here and nowhere else, by the database, in the transaction
 * that reads the passages; what nobody has allowed stays.
 *
 * @param hits best first
 * @param nearby their texts, and those beside them
 * @param turns earlier ones, oldest first
 * @param withheld hits that may not leave the machine
 */
record Material(
    List<Hit> hits, List<NearbyPassage> nearby, List<Question.Turn> turns, int withheld) {
  Material {
    hits = List.copyOf(hits);
    nearby = List.copyOf(nearby);
    turns = List.copyOf(turns);
  }

  /** Given by somebody who asks nobody: each hit as it is, pieces of one text in their order. */
  static Material given(List<Hit> hits, List<Question.Turn> turns) {
    var nearby = new ArrayList<NearbyPassage>();
    var byText = hits.stream().collect(Collectors.groupingBy(Hit::textVersionId));
    byText
        .values()
        .forEach(
            pieces -> {
              var ordered = pieces.stream().sorted(Comparator.comparingInt(Hit::start)).toList();
              for (int i = 0; i < ordered.size(); i++) {
                nearby.add(nearby(ordered.get(i), i));
              }
            });
    return new Material(hits, nearby, turns, 0);
  }

  private static NearbyPassage nearby(Hit hit, int ordinal) {
    return new NearbyPassage(
        hit.passageId(),
        hit.textVersionId(),
        ordinal,
        hit.headingPath(),
        hit.language(),
        hit.page(),
        hit.start(),
        hit.end(),
        hit.text());
  }

  /** Decides. */
  @Component
  static class Choice {
    private final Passages passages;
    private final CollectionCatalogue catalogue;
    private final ScopedTransactions transactions;

    Choice(Passages passages, CollectionCatalogue catalogue, ScopedTransactions transactions) {
      this.passages = passages;
      this.catalogue = catalogue;
      this.transactions = transactions;
    }

    /** What this generator may be given. */
    Material of(AccessScope scope, GeneratorInfo generator, Question question, List<Hit> hits) {
      if (generator.local() && generator.host() == null) {
        var nearby = passages.nearby(scope, hits, ContextPacker.REACH);
        return new Material(hits, nearby, question.turns(), 0);
      }
      return transactions.read(scope, () -> leaving(scope, question, hits));
    }

    private Material leaving(AccessScope scope, Question question, List<Hit> hits) {
      var allowed = catalogue.leaving(scope);
      var kept = hits.stream().filter(hit -> allowed.contains(hit.collectionId())).toList();
      var texts = passages.nearbyLeaving(scope, kept, ContextPacker.REACH); // asks once more
      var turns = question.turns().stream().filter(turn -> mayLeave(turn, allowed)).toList();
      return new Material(kept, texts, turns, hits.size() - kept.size());
    }

    /** An earlier answer may say what its sources say, and so may the question it was for. */
    private static boolean mayLeave(Question.Turn turn, Set<CollectionId> allowed) {
      var sources = turn.sources();
      return sources != null && allowed.containsAll(sources);
    }
  }
}
