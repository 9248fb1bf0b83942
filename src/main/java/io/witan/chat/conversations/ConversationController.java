package io.witan.chat.conversations;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import io.witan.shared.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person's conversations by REST. */
@RestController
@RequestMapping("/api/v1/conversations")
@Tag(name = "Chat")
class ConversationController {
  private final Conversations conversations;
  private final RunningAnswers running;

  ConversationController(Conversations conversations, RunningAnswers running) {
    this.conversations = conversations;
    this.running = running;
  }

  /** What a new conversation starts with; absent: the default assistant and everything. */
  @Schema(name = "NewConversation")
  record NewConversation(@Nullable UUID assistantId, @Nullable List<@NotNull UUID> collectionIds) {}

  /** What changes; absent members stay. */
  @Schema(name = "ConversationChange")
  record ConversationChange(@Nullable String title, @Nullable Boolean pinned) {}

  /** The answer after which the new conversation goes on. */
  @Schema(name = "ConversationBranch")
  record ConversationBranch(@NotNull UUID messageId) {}

  @GetMapping
  @Operation(summary = "List your conversations: pinned ones first, then the latest")
  Page<ConversationSummary> list(
      AccessScope scope,
      @RequestParam(required = false) @Nullable String query,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable Integer limit) {
    return conversations.list(scope, query, cursor, limit);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Start a conversation")
  Conversation create(AccessScope scope, @Valid @RequestBody NewConversation request) {
    return conversations.create(scope, request.assistantId(), request.collectionIds());
  }

  @GetMapping("/{id}")
  @Operation(summary = "Open a conversation; what you may no longer read is redacted")
  Conversation get(AccessScope scope, @PathVariable UUID id) {
    return conversations.get(scope, new ConversationId(id));
  }

  @PostMapping("/{id}/branch")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Go on from an answer in a conversation of its own")
  Conversation branch(
      AccessScope scope, @PathVariable UUID id, @Valid @RequestBody ConversationBranch request) {
    return conversations.branch(scope, new ConversationId(id), new MessageId(request.messageId()));
  }

  @PatchMapping("/{id}")
  @Operation(summary = "Rename or pin a conversation")
  Conversation change(
      AccessScope scope, @PathVariable UUID id, @RequestBody ConversationChange change) {
    return conversations.change(scope, new ConversationId(id), change.title(), change.pinned());
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a conversation")
  void delete(AccessScope scope, @PathVariable UUID id) {
    var conversation = new ConversationId(id);
    conversations.require(scope, conversation);
    running.stop(conversation);
    conversations.delete(scope, conversation);
  }

  @GetMapping(path = "/{id}/export", produces = MarkdownExport.MEDIA_TYPE)
  @Operation(summary = "Download a conversation as Markdown, redacted as when opened")
  ResponseEntity<byte[]> export(AccessScope scope, @PathVariable UUID id, Locale locale) {
    var conversation = conversations.get(scope, new ConversationId(id));
    var attachment =
        ContentDisposition.attachment()
            .filename(MarkdownExport.fileName(conversation), StandardCharsets.UTF_8)
            .build();
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, attachment.toString())
        .header(HttpHeaders.CONTENT_TYPE, MarkdownExport.MEDIA_TYPE)
        .body(MarkdownExport.of(conversation, locale).getBytes(StandardCharsets.UTF_8));
  }
}
