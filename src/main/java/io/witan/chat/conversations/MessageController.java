package io.witan.chat.conversations;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.witan.assistants.AssistantId;
import io.witan.assistants.AssistantRequest;
import io.witan.assistants.AssistantSettings;
import io.witan.assistants.Assistants;
import io.witan.catalogue.CollectionId;
import io.witan.chat.Question;
import io.witan.identity.AccessScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Questions and answers by REST; docs/stream-events.md has the events of a stream. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Chat")
class MessageController {
  private final Conversations conversations;
  private final QuestionStore questions;
  private final AnswerWriting writing;
  private final AnswerStreams streams;
  private final RunningAnswers running;
  private final Assistants assistants;

  MessageController(
      Conversations conversations,
      QuestionStore questions,
      AnswerWriting writing,
      AnswerStreams streams,
      RunningAnswers running,
      Assistants assistants) {
    this.conversations = conversations;
    this.questions = questions;
    this.writing = writing;
    this.streams = streams;
    this.running = running;
    this.assistants = assistants;
  }

  /**
   * A question outside of any conversation; absent: the default assistant and everything.
   *
   * @param trial changes to the assistant (or to a new one) that hold for this question only;
   *     administrators
   */
  @Schema(name = "SingleQuestion")
  record SingleQuestion(
      String question,
      @Nullable UUID assistantId,
      @Nullable List<@NotNull UUID> collectionIds,
      @Nullable AssistantRequest trial) {

    Question checked() {
      return new Question(
          Question.checked("question", question),
          List.of(),
          assistantId == null ? null : new AssistantId(assistantId),
          collectionIds == null
              ? null
              : Set.copyOf(collectionIds.stream().map(CollectionId::new).toList()));
    }
  }

  /** What is thought of an answer; null takes a rating back. */
  @Schema(name = "RatingRequest")
  record RatingRequest(Message.@Nullable Rating rating, @Nullable String reason) {}

  @PostMapping(path = "/conversations/{id}/messages", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "ask",
      summary = "Ask in a conversation; as text/event-stream the answer streams")
  Message ask(
      AccessScope scope,
      @PathVariable UUID id,
      @RequestBody AskRequest request,
      HttpServletRequest client) {
    var conversation = conversations.require(scope, new ConversationId(id)).id();
    try (var run = running.open(conversation)) {
      var begun = questions.begin(scope, conversation, request);
      return writing.write(scope, begun, run, AnswerClient.patient(client));
    }
  }

  @PostMapping(path = "/conversations/{id}/messages", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      operationId = "askStreaming",
      summary = "Ask in a conversation; as text/event-stream the answer streams")
  SseEmitter stream(AccessScope scope, @PathVariable UUID id, @RequestBody AskRequest request) {
    var conversation = conversations.require(scope, new ConversationId(id)).id();
    var run = running.open(conversation);
    QuestionStore.Begun begun;
    try {
      begun = questions.begin(scope, conversation, request);
    } catch (RuntimeException refused) {
      run.close();
      throw refused;
    }
    return streams.start(run, client -> writing.write(scope, begun, run, client));
  }

  @PostMapping("/conversations/{id}/stop")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Stop the running answer; it keeps what it has")
  void stop(AccessScope scope, @PathVariable UUID id) {
    var conversation = conversations.require(scope, new ConversationId(id)).id();
    running.stop(conversation);
    writing.stopElsewhere(scope, conversation);
  }

  @PostMapping(path = "/ask", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(operationId = "askOnce", summary = "Ask without a conversation; nothing is stored")
  Message askOnce(
      AccessScope scope, @Valid @RequestBody SingleQuestion request, HttpServletRequest client) {
    var question = request.checked();
    var assistant = assistant(scope, question, request);
    try (var run = running.open()) {
      return writing.answer(scope, question, assistant, run, AnswerClient.patient(client));
    }
  }

  private AssistantSettings assistant(
      AccessScope scope, Question question, SingleQuestion request) {
    return request.trial() == null
        ? assistants.settings(scope, question.assistant())
        : assistants.trial(scope, question.assistant(), request.trial());
  }

  @PostMapping(path = "/ask", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      operationId = "askOnceStreaming",
      summary = "Ask without a conversation; nothing is stored")
  SseEmitter streamOnce(AccessScope scope, @Valid @RequestBody SingleQuestion request) {
    var question = request.checked();
    var assistant = assistant(scope, question, request);
    var run = running.open();
    return streams.start(run, client -> writing.answer(scope, question, assistant, run, client));
  }

  @PutMapping("/messages/{id}/rating")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Rate an answer")
  void rate(AccessScope scope, @PathVariable UUID id, @RequestBody RatingRequest request) {
    conversations.rate(scope, new MessageId(id), request.rating(), request.reason());
  }
}
