package io.witan.chat.openai;

import io.witan.engine.SamplingOptions;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.ChatMessage.Role;
import io.witan.models.generation.OutputFormat;
import io.witan.shared.InvalidInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code chat/completions}.
 *
 * @param maxTokens null for the usual limit
 * @param logProbabilities likeliest tokens to report; -1 for no log-probabilities at all
 * @param format what form the answer must have; null for any text
 * @param knowledge where to look for the answer; null to ask the model alone
 */
record ChatParameters(
    String model,
    List<ChatMessage> messages,
    SamplingOptions sampling,
    @Nullable Integer maxTokens,
    int logProbabilities,
    StreamParameters stream,
    @Nullable OutputFormat format,
    @Nullable Knowledge knowledge) {
  /** The model name under which the knowledge answers, whether or not a generator is active. */
  static final String WITAN = "witan";

  private static final int MOST_LOG_PROBABILITIES = 20;
  private static final String NO_TOOLS = "is not supported: models here call no tools";

  ChatParameters {
    messages = List.copyOf(messages);
  }

  static ChatParameters of(Parameters request) {
    var model = request.requiredText("model");
    refuseWhatCannotBeDone(request);
    int likeliest = likeliest(request);
    return new ChatParameters(
        model,
        messages(request),
        SamplingParameters.of(request, likeliest < 0 ? 0 : Math.max(1, likeliest)),
        maxTokens(request),
        likeliest,
        StreamParameters.of(request),
        ResponseFormat.of(request),
        Knowledge.of(request, model));
  }

  private static @Nullable Integer maxTokens(Parameters request) {
    var tokens = request.integer("max_completion_tokens", 1, Integer.MAX_VALUE);
    return tokens == null ? request.integer("max_tokens", 1, Integer.MAX_VALUE) : tokens;
  }

  private static int likeliest(Parameters request) {
    boolean wanted = request.flag("logprobs");
    var likeliest = request.integer("top_logprobs", 0, MOST_LOG_PROBABILITIES);
    if (likeliest != null && !wanted) {
      throw new InvalidInput("top_logprobs", "needs logprobs: true");
    }
    return wanted ? (likeliest == null ? 0 : likeliest) : -1;
  }

  private static void refuseWhatCannotBeDone(Parameters request) {
    request.refuse("tools", NO_TOOLS);
    request.refuse("functions", NO_TOOLS);
    request.refuse("audio", "is not supported");
    request.refuse("web_search_options", "is not supported");
    for (var modality : request.texts("modalities")) {
      if (!modality.equals("text")) {
        throw new InvalidInput("modalities", "must be [\"text\"]");
      }
    }
  }

  private static List<ChatMessage> messages(Parameters request) {
    var messages = new ArrayList<ChatMessage>();
    for (var message : request.list("messages")) {
      message.refuse("tool_calls", NO_TOOLS);
      messages.add(new ChatMessage(role(message), content(message)));
    }
    if (messages.isEmpty()) {
      throw new InvalidInput("messages", "must have at least one message");
    }
    return messages;
  }

  private static Role role(Parameters message) {
    return switch (message.requiredText("role")) {
      case "system", "developer" -> Role.SYSTEM;
      case "user" -> Role.USER;
      case "assistant" -> Role.ASSISTANT;
      default ->
          throw new InvalidInput(
              message.named("role"), "must be system, developer, user or assistant");
    };
  }

  /** A text, or parts that are texts. */
  private static String content(Parameters message) {
    if (!message.required("content").isArray()) {
      return message.requiredText("content");
    }
    var text = new StringBuilder();
    for (var part : message.list("content")) {
      if (!part.requiredText("type").equals("text")) {
        throw new InvalidInput(part.named("type"), "must be text: models here read nothing else");
      }
      text.append(text.isEmpty() ? "" : "\n").append(part.requiredText("text"));
    }
    return text.toString();
  }
}
