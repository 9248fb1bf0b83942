package io.witan.documents.library;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.catalogue.TextVersionId;
import io.witan.documents.TextVersionNotFound;
import io.witan.documents.library.LineBoxes.PageBoxes;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.InvalidInput;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/text-versions/{id}")
@Tag(name = "Texts")
class TextVersionController {
  static final int MAX_WINDOW = 200_000;

  private final JdbcClient jdbc;
  private final TextWindows windows;
  private final LineBoxes boxes;
  private final ScopedTransactions transactions;

  TextVersionController(
      JdbcClient jdbc, TextWindows windows, LineBoxes boxes, ScopedTransactions transactions) {
    this.jdbc = jdbc;
    this.windows = windows;
    this.boxes = boxes;
    this.transactions = transactions;
  }

  /**
   * An extracted text that never changes.
   *
   * @param current whether its passages are the ones that are searched
   * @param length in UTF-16 code units
   */
  record TextVersion(
      UUID id,
      UUID documentId,
      UUID collectionId,
      String title,
      int revision,
      boolean current,
      String mediaType,
      String format,
      int length,
      @Nullable Integer pageCount,
      Instant uploadedAt) {}

  /** A part of a text: offsets in UTF-16 code units, of a text of {@code length}. */
  record TextWindow(int from, int to, int length, String text) {}

  /** Where a part of a text stands on its pages. */
  record TextBoxes(List<PageBoxes> items) {}

  @GetMapping
  @Operation(summary = "What a text was extracted from")
  TextVersion find(AccessScope scope, @PathVariable UUID id) {
    return transactions.read(scope, () -> require(new TextVersionId(id)));
  }

  @GetMapping("/text")
  @Operation(summary = "A part of the text, at most 200,000 UTF-16 code units")
  TextWindow text(
      AccessScope scope,
      @PathVariable UUID id,
      @RequestParam(defaultValue = "0") int from,
      @RequestParam(required = false) @Nullable Integer to) {
    var version = new TextVersionId(id);
    return transactions.read(
        scope,
        () -> {
          int length = require(version).length();
          int start = Math.clamp(from, 0, length);
          long wanted = Math.min(to == null ? length : to, (long) start + MAX_WINDOW);
          int end = Math.clamp(wanted, start, length);
          return new TextWindow(start, end, length, windows.read(version, start, end));
        });
  }

  @GetMapping("/boxes")
  @Operation(summary = "Where a part of the text stands on its pages; nothing without layout")
  TextBoxes boxes(
      AccessScope scope, @PathVariable UUID id, @RequestParam int from, @RequestParam int to) {
    if (to < from || (long) to - from > MAX_WINDOW) {
      throw new InvalidInput("to", "must be at least from and at most 200000 more");
    }
    var version = new TextVersionId(id);
    return transactions.read(
        scope,
        () -> {
          require(version);
          return new TextBoxes(boxes.boxes(version, from, to));
        });
  }

  private TextVersion require(TextVersionId id) {
    return jdbc.sql(
            """
            select t.id, d.id as document_id, d.collection_id, d.title, r.number, t.media_type, t.format, t.length,
                   r.answering and r.text_version_id = t.id as current, t.page_count, r.uploaded_at
              from documents.text_version t
              join documents.revision r on r.id = t.revision_id
              join documents.document d on d.id = r.document_id
             where t.id = ?
            """)
        .param(id.value())
        .query(
            (row, index) ->
                new TextVersion(
                    row.getObject("id", UUID.class),
                    row.getObject("document_id", UUID.class),
                    row.getObject("collection_id", UUID.class),
                    row.getString("title"),
                    row.getInt("number"),
                    row.getBoolean("current"),
                    row.getString("media_type"),
                    row.getString("format"),
                    row.getInt("length"),
                    row.getObject("page_count", Integer.class),
                    row.getTimestamp("uploaded_at").toInstant()))
        .optional()
        .orElseThrow(() -> new TextVersionNotFound(id));
  }
}
