package io.witan.chat.openai;

import io.swagger.v3.oas.annotations.Hidden;
import io.witan.chat.conversations.RunningAnswers;
import io.witan.identity.AccessScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The addresses of the OpenAI-compatible API. Hidden from the description of Witan's own API: it is
 * described by others, and docs/openai-api.md says what differs.
 */
@RestController
@RequestMapping("/v1")
@Hidden
class OpenAiController {
  private static final Logger log = LoggerFactory.getLogger(OpenAiController.class);

  private final ChatCompletions chats;
  private final KnowledgeChats knowledge;
  private final Completions completions;
  private final Embeddings embeddings;
  private final ModelNames models;
  private final RunningAnswers running;
  private final JsonMapper json;

  OpenAiController(
      ChatCompletions chats,
      KnowledgeChats knowledge,
      Completions completions,
      Embeddings embeddings,
      ModelNames models,
      RunningAnswers running,
      JsonMapper json) {
    this.chats = chats;
    this.knowledge = knowledge;
    this.completions = completions;
    this.embeddings = embeddings;
    this.models = models;
    this.running = running;
    this.json = json;
  }

  /** Something that may end because its client has gone. */
  private interface Writing {
    void write() throws IOException;
  }

  @PostMapping("/chat/completions")
  void chat(
      AccessScope scope,
      @RequestBody JsonNode body,
      HttpServletRequest request,
      HttpServletResponse response) {
    var wanted = ChatParameters.of(Parameters.of(body));
    var reply = new Reply(request, response, json);
    write(
        () -> {
          if (wanted.knowledge() == null) {
            chats.answer(scope, wanted, reply);
          } else {
            knowledge.answer(scope, wanted, wanted.knowledge(), reply);
          }
        });
  }

  @PostMapping("/completions")
  void complete(
      AccessScope scope,
      @RequestBody JsonNode body,
      HttpServletRequest request,
      HttpServletResponse response) {
    var wanted = CompletionParameters.of(Parameters.of(body));
    write(() -> completions.answer(scope, wanted, new Reply(request, response, json)));
  }

  @PostMapping("/embeddings")
  Embeddings.EmbeddingList embed(AccessScope scope, @RequestBody JsonNode body) {
    try (var place = running.open()) {
      return embeddings.embed(Parameters.of(body));
    }
  }

  @GetMapping("/models")
  ModelNames.ModelList models(AccessScope scope) {
    return models.list();
  }

  @GetMapping("/models/{*name}")
  ModelNames.Model model(AccessScope scope, @PathVariable String name) {
    return models.find(name.substring(1));
  }

  @RequestMapping("/**")
  void unknown(AccessScope scope, HttpServletRequest request) {
    throw new CallUnknown(request.getMethod(), request.getServletPath());
  }

  /** Nobody is left to be told when the client has gone. */
  private static void write(Writing writing) {
    try {
      writing.write();
    } catch (IOException gone) {
      log.debug("client has gone", gone);
    }
  }
}
