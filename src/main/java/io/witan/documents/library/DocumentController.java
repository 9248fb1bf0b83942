package io.witan.documents.library;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.catalogue.DocumentId;
import io.witan.documents.Document;
import io.witan.documents.DocumentNotFound;
import io.witan.documents.DocumentProblem;
import io.witan.documents.DocumentState;
import io.witan.documents.extraction.DocumentFormat;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.Failure;
import io.witan.shared.InvalidInput;
import io.witan.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "Documents")
class DocumentController {
  private static final int MAX_DELETED_AT_ONCE = 1000;

  private final DocumentRows rows;
  private final DocumentRemoval removal;
  private final DocumentRetry retry;
  private final ScopedTransactions transactions;
  private final JdbcClient jdbc;

  DocumentController(
      DocumentRows rows,
      DocumentRemoval removal,
      DocumentRetry retry,
      ScopedTransactions transactions,
      JdbcClient jdbc) {
    this.rows = rows;
    this.removal = removal;
    this.retry = retry;
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  /** Documents to delete. */
  record DocumentDeletion(@NotNull List<@NotNull UUID> ids) {}

  /** What became of one document that should be deleted. */
  record DeletionResult(UUID id, boolean deleted, @Nullable DocumentProblem problem) {}

  /** What became of each. */
  record DeletionResults(List<DeletionResult> results) {}

  /** How many documents of a collection there are, have failed, and are being indexed. */
  record DocumentCount(UUID collectionId, long documents, long failed, long processing) {}

  /** Counts of every readable collection that has documents. */
  record DocumentCounts(List<DocumentCount> items) {}

  @GetMapping("/documents")
  @Operation(summary = "List documents that may be read")
  Page<Document> list(
      AccessScope scope,
      @RequestParam(required = false) @Nullable UUID collectionId,
      @RequestParam(required = false) @Nullable String query,
      @RequestParam(required = false) @Nullable DocumentState state,
      @RequestParam(required = false) @Nullable DocumentFormat format,
      @RequestParam(defaultValue = "updated") DocumentListQuery.Sort sort,
      @RequestParam(required = false) @Nullable String direction,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    var asked =
        DocumentListQuery.of(collectionId, query, state, format, sort, direction, cursor, limit);
    var found = transactions.read(scope, () -> rows.list(asked));
    return Page.cut(found, asked.limit(), asked::cursorAfter);
  }

  @GetMapping("/documents/{id}")
  @Operation(summary = "A document and the state of its newest revision")
  Document find(AccessScope scope, @PathVariable UUID id) {
    var document = new DocumentId(id);
    return transactions
        .read(scope, () -> rows.find(document))
        .orElseThrow(() -> new DocumentNotFound(document));
  }

  @DeleteMapping("/documents/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a document with its text, passages and original")
  void delete(AccessScope scope, @PathVariable UUID id) {
    removal.remove(scope, new DocumentId(id));
  }

  @PostMapping("/documents/delete")
  @Operation(summary = "Delete several documents; each by itself")
  DeletionResults deleteAll(AccessScope scope, @Valid @RequestBody DocumentDeletion deletion) {
    if (deletion.ids().size() > MAX_DELETED_AT_ONCE) {
      throw new InvalidInput("ids", "may have at most " + MAX_DELETED_AT_ONCE + " entries");
    }
    var results = new ArrayList<DeletionResult>();
    for (var id : deletion.ids()) {
      try {
        removal.remove(scope, new DocumentId(id));
        results.add(new DeletionResult(id, true, null));
      } catch (Failure failure) {
        results.add(new DeletionResult(id, false, DocumentProblem.of(failure)));
      }
    }
    return new DeletionResults(results);
  }

  @PostMapping("/documents/{id}/retry")
  @Operation(summary = "Index a failed document again")
  Document retry(AccessScope scope, @PathVariable UUID id) {
    return retry.retry(scope, new DocumentId(id));
  }

  @GetMapping("/document-counts")
  @Operation(summary = "Count the documents of each collection")
  DocumentCounts counts(AccessScope scope) {
    return new DocumentCounts(
        transactions.read(
            scope,
            () ->
                jdbc.sql(
                        """
                        select d.collection_id, count(*) as documents,
                               count(*) filter (where r.state = 'FAILED') as failed,
                               count(*) filter (where r.state in ('QUEUED', 'PROCESSING')) as processing
                          from documents.document d
                          join documents.revision r on r.document_id = d.id and r.number = d.revision
                         group by d.collection_id
                         order by d.collection_id
                        """)
                    .query(
                        (row, index) ->
                            new DocumentCount(
                                row.getObject("collection_id", UUID.class),
                                row.getLong("documents"),
                                row.getLong("failed"),
                                row.getLong("processing")))
                    .list()));
  }
}
