package io.witan.documents.library;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.catalogue.DocumentId;
import io.witan.documents.DocumentNotFound;
import io.witan.documents.RevisionNotFound;
import io.witan.documents.library.RevisionRows.DocumentPassage;
import io.witan.documents.library.RevisionRows.Revision;
import io.witan.documents.upload.Originals;
import io.witan.identity.AccessScope;
import io.witan.identity.ScopedTransactions;
import io.witan.shared.Cursor;
import io.witan.shared.InvalidInput;
import io.witan.shared.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/documents/{id}")
@Tag(name = "Documents")
class RevisionController {
  private final RevisionRows revisions;
  private final DocumentRows rows;
  private final Originals originals;
  private final ScopedTransactions transactions;

  RevisionController(
      RevisionRows revisions,
      DocumentRows rows,
      Originals originals,
      ScopedTransactions transactions) {
    this.revisions = revisions;
    this.rows = rows;
    this.originals = originals;
    this.transactions = transactions;
  }

  /** All revisions of a document, newest first. */
  record Revisions(List<Revision> items) {}

  @GetMapping("/revisions")
  @Operation(summary = "The revisions of a document, newest first")
  Revisions revisions(AccessScope scope, @PathVariable UUID id) {
    var document = new DocumentId(id);
    var found = transactions.read(scope, () -> revisions.of(document));
    if (found.isEmpty()) {
      throw new DocumentNotFound(document);
    }
    return new Revisions(found);
  }

  @GetMapping("/revisions/{number}/original")
  @Operation(
      summary = "The uploaded bytes, as an attachment",
      responses =
          @ApiResponse(
              responseCode = "200",
              content =
                  @Content(
                      mediaType = "application/octet-stream",
                      schema = @Schema(type = "string", format = "binary"))))
  void original(
      AccessScope scope,
      @PathVariable UUID id,
      @PathVariable int number,
      HttpServletResponse response)
      throws IOException {
    var document = new DocumentId(id);
    var original =
        transactions.read(
            scope,
            () -> {
              rows.require(document);
              return revisions
                  .original(document, number)
                  .orElseThrow(() -> new RevisionNotFound(number));
            });
    var name = original.fileName().substring(original.fileName().lastIndexOf('/') + 1);
    var attachment = ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build();
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment.toString());
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
    response.setContentType(mediaType(original.mediaType()));
    response.setContentLengthLong(original.bytes());
    originals.copy(scope, original.revision(), response.getOutputStream());
  }

  private static String mediaType(String detected) {
    try {
      return MediaType.parseMediaType(detected).toString();
    } catch (RuntimeException odd) {
      return MediaType.APPLICATION_OCTET_STREAM_VALUE;
    }
  }

  @GetMapping("/passages")
  @Operation(summary = "The passages that are searched")
  Page<DocumentPassage> passages(
      AccessScope scope,
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    var document = new DocumentId(id);
    int after = ordinal(cursor);
    int rowsWanted = Page.limit(limit);
    var found =
        transactions.read(
            scope,
            () -> {
              rows.require(document);
              return revisions.passages(document, after, rowsWanted);
            });
    return Page.cut(found, rowsWanted, passage -> Cursor.of(passage.ordinal()));
  }

  private static int ordinal(@Nullable String cursor) {
    var keys = Cursor.parse(cursor, 1);
    try {
      return keys == null ? -1 : Integer.parseInt(keys.getFirst());
    } catch (NumberFormatException foreign) {
      throw new InvalidInput("cursor", "does not belong to this list; start without a cursor");
    }
  }
}
