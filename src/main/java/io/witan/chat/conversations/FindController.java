package io.witan.chat.conversations;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.retrieval.SourceDirectory;
import io.witan.shared.InvalidInput;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The quick finder: documents by title and a person's own conversations. */
@RestController
@Tag(name = "Search")
class FindController {
  private static final int EACH = 8;
  private static final int MAX_QUERY = 200;

  private final SourceDirectory directory;
  private final Conversations conversations;

  FindController(SourceDirectory directory, Conversations conversations) {
    this.directory = directory;
    this.conversations = conversations;
  }

  /** A document whose title matches. */
  @Schema(name = "FoundDocument")
  record FoundDocument(UUID id, String title, UUID collectionId) {}

  /** A conversation whose title or question matches. */
  @Schema(name = "FoundConversation")
  record FoundConversation(UUID id, String title) {}

  /** What was found. */
  @Schema(name = "Found")
  record Found(List<FoundDocument> documents, List<FoundConversation> conversations) {}

  @GetMapping("/api/v1/find")
  @Operation(summary = "Find documents by title and your conversations")
  Found find(AccessScope scope, @RequestParam(defaultValue = "") String query) {
    var words = query.strip();
    if (words.length() > MAX_QUERY) {
      throw new InvalidInput("query", "may have at most " + MAX_QUERY + " characters");
    }
    if (words.isEmpty()) {
      return new Found(List.of(), List.of());
    }
    var documents =
        directory.titled(scope, words, EACH).stream()
            .map(
                source ->
                    new FoundDocument(
                        source.documentId().value(), source.title(), source.collectionId().value()))
            .toList();
    var own =
        conversations.list(scope, words, null, EACH).items().stream()
            .map(summary -> new FoundConversation(summary.id(), summary.title()))
            .toList();
    return new Found(documents, own);
  }
}
