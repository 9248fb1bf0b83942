package io.witan.operations.audit;

import io.witan.assistants.AssistantChanged;
import io.witan.assistants.AssistantDeleted;
import io.witan.documents.DocumentDeleted;
import io.witan.documents.DocumentUploaded;
import io.witan.shared.Audited;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Brings news of documents and assistants into the log; titles of documents are content and stay
 * out.
 */
@Component
class LibraryNews {
  private final AuditLog log;

  LibraryNews(AuditLog log) {
    this.log = log;
  }

  @EventListener
  void uploaded(DocumentUploaded event) {
    document(
        "document-uploaded",
        event.documentId().value(),
        Audited.Fact.of("revision", event.revision()));
  }

  @EventListener
  void deleted(DocumentDeleted event) {
    document("document-deleted", event.documentId().value());
  }

  @EventListener
  void changed(AssistantChanged event) {
    log.keep(
        () ->
            new Audited.Entry(
                event.by().value(),
                event.version() == 1 ? "assistant-created" : "assistant-changed",
                new Audited.Subject("ASSISTANT", event.id().value(), event.name()),
                Audited.Fact.of("version", event.version())));
  }

  @EventListener
  void deleted(AssistantDeleted event) {
    log.keep(
        () ->
            new Audited.Entry(
                event.by().value(),
                "assistant-deleted",
                new Audited.Subject("ASSISTANT", event.id().value(), event.name())));
  }

  private void document(String action, UUID id, Audited.Fact... facts) {
    log.keep(
        () -> new Audited.Entry(asking(), action, new Audited.Subject("DOCUMENT", id, ""), facts));
  }

  /** Who sent the request that this happens in; null in background work. */
  private static @Nullable UUID asking() {
    var authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null) {
      return null;
    }
    try {
      return UUID.fromString(authentication.getName());
    } catch (IllegalArgumentException nobody) {
      return null;
    }
  }
}
