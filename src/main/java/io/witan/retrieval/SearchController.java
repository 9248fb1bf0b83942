package io.witan.retrieval;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.catalogue.CollectionCatalogue;
import io.witan.catalogue.CollectionId;
import io.witan.catalogue.CollectionSummary;
import io.witan.identity.AccessScope;
import io.witan.shared.InvalidInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/search")
@Tag(name = "Search")
class SearchController {
  private static final int MAX_QUERY_LENGTH = 4000;
  private static final int DEFAULT_LIMIT = 10;
  private static final int MAX_LIMIT = 100;

  private final Retriever retriever;
  private final CollectionCatalogue collections;

  SearchController(Retriever retriever, CollectionCatalogue collections) {
    this.retriever = retriever;
    this.collections = collections;
  }

  /** What to search for; collections narrow what the person may read, and never widen it. */
  record SearchQuery(
      String query, @Nullable List<@NotNull UUID> collectionIds, @Nullable Integer limit) {}

  /** What was searched. */
  record SearchedScope(int collections) {}

  /** Passages, best first; their order is the only measure that is shown. */
  record SearchResponse(List<PassageView> hits, SearchedScope searched, boolean answerable) {}

  /** A passage as people see it. */
  @Schema(name = "Passage")
  record PassageView(
      int rank,
      UUID passageId,
      UUID documentId,
      UUID textVersionId,
      UUID collectionId,
      String collectionName,
      String title,
      String heading,
      @Nullable Integer page,
      int start,
      int end,
      String text) {}

  @PostMapping
  @Operation(summary = "Search the passages that you may read")
  SearchResponse search(AccessScope scope, @Valid @RequestBody SearchQuery request) {
    var query = request.query();
    if (query == null || query.isBlank() || query.length() > MAX_QUERY_LENGTH) {
      throw new InvalidInput("query", "must have 1 to " + MAX_QUERY_LENGTH + " characters");
    }
    int limit = request.limit() == null ? DEFAULT_LIMIT : request.limit();
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidInput("limit", "must be 1 to " + MAX_LIMIT);
    }
    var ids = request.collectionIds();
    var within =
        ids == null ? null : ids.stream().map(CollectionId::new).collect(Collectors.toSet());
    var result = retriever.search(scope, new SearchRequest(query, within, limit, null));
    Map<CollectionId, String> names =
        collections.readable(scope).stream()
            .collect(Collectors.toMap(CollectionSummary::id, CollectionSummary::name));
    // a permission that was taken away after the search takes its passages along
    var hits =
        result.hits().stream()
            .filter(hit -> names.containsKey(hit.collectionId()))
            .map(hit -> view(hit, names.getOrDefault(hit.collectionId(), "")))
            .toList();
    return new SearchResponse(
        hits, new SearchedScope(result.searchedCollections()), result.answerable());
  }

  private static PassageView view(Hit hit, String collectionName) {
    return new PassageView(
        hit.rank(),
        hit.passageId(),
        hit.documentId().value(),
        hit.textVersionId().value(),
        hit.collectionId().value(),
        collectionName,
        hit.title(),
        hit.headingPath(),
        hit.page(),
        hit.start(),
        hit.end(),
        hit.text());
  }
}
