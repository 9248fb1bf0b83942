package io.witan.chat.writing;

import io.witan.chat.Citation;
import io.witan.chat.CitationRanks;
import io.witan.chat.SourceCheck;
import io.witan.chat.quotes.SupportingText;
import io.witan.identity.AccessScope;
import io.witan.retrieval.Hit;
import io.witan.retrieval.packing.NearbyPassage;
import io.witan.retrieval.packing.Stretch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns the numbers that a model gives into checked citations of what it was given. */
final class Evidence implements Composition.Citing {
  private final AccessScope scope;
  private final SourceCheck check;
  private final String question;
  private final Map<Integer, Stretch> stretches = new HashMap<>();
  private final Map<UUID, Hit> hits = new HashMap<>();

  /**
   * @param question stands in for a statement where the model wrote its number first
   */
  Evidence(
      AccessScope scope,
      SourceCheck check,
      String question,
      List<Stretch> stretches,
      List<Hit> hits) {
    this.scope = scope;
    this.check = check;
    this.question = question;
    stretches.forEach(stretch -> this.stretches.put(stretch.number(), stretch));
    hits.forEach(hit -> this.hits.put(hit.passageId(), hit));
  }

  @Override
  public Optional<Citation> cite(int number, String statement, int citation) {
    var stretch = stretches.get(number);
    if (stretch == null) {
      return Optional.empty();
    }
    var place = SupportingText.find(statement.isBlank() ? question : statement, stretch);
    return check.holds(scope, stretch.best().textVersionId(), place.range())
        ? Optional.of(citation(citation, stretch.best(), place))
        : Optional.empty();
  }

  private Citation citation(int number, Hit source, SupportingText.Place place) {
    return new Citation(
        number,
        source.documentId().value(),
        source.textVersionId().value(),
        source.collectionId().value(),
        source.title(),
        place.passage().headingPath(),
        place.passage().page(),
        source.revision(),
        source.uploadedAt(),
        place.range().start(),
        place.range().end(),
        place.range().text(),
        ranks(place.passage()),
        false);
  }

  /** Null for what was only read because it stands beside what was found. */
  private @Nullable CitationRanks ranks(NearbyPassage passage) {
    var hit = hits.get(passage.passageId());
    return hit == null
        ? null
        : new CitationRanks(hit.rank(), hit.ranks().byMeaning(), hit.ranks().byWords());
  }
}
