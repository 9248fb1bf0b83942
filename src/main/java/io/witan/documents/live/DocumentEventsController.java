package io.witan.documents.live;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.identity.AccessScope;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@Tag(name = "Documents")
class DocumentEventsController {
  /** Then the browser connects anew and signs in anew: a session that ended is noticed. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final DocumentNews news;

  DocumentEventsController(DocumentNews news) {
    this.news = news;
  }

  @GetMapping(path = "/api/v1/documents/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(summary = "Documents as they change: events “document” and “deleted”")
  SseEmitter events(AccessScope scope, HttpServletResponse response) {
    response.setHeader("X-Accel-Buffering", "no"); // nginx would hold events back
    var emitter = new SseEmitter(LONGEST.toMillis());
    news.watch(scope, emitter);
    return emitter;
  }
}
