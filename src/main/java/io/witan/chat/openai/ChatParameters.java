package io.witan.chat.openai;

import io.witan.engine.SamplingOptions;
import io.witan.engine.tools.ToolUse;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.OutputFormat;
import io.witan.shared.InvalidInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code chat/completions}.
 *
 * @param tools the functions that the model may call; null for none
 * @param maxTokens null for the usual limit
 * @param logProbabilities likeliest tokens to report; -1 for no log-probabilities at all
 * @param format what form the answer must have; null for any text
 * @param knowledge where to look for the answer; null to ask the model alone
 */
record ChatParameters(
    String model,
    List<ChatMessage> messages,
    @Nullable ToolUse tools,
    SamplingOptions sampling,
    @Nullable Integer maxTokens,
    int logProbabilities,
    StreamParameters stream,
    @Nullable OutputFormat format,
    @Nullable Knowledge knowledge) {
  /** The model name under which the knowledge answers, whether or not a generator is active. */
  static final String WITAN = "witan";

  private static final int MOST_LOG_PROBABILITIES = 20;

  ChatParameters {
    messages = List.copyOf(messages);
  }

  static ChatParameters of(Parameters request) {
    var model = request.requiredText("model");
    refuseWhatCannotBeDone(request);
    int likeliest = likeliest(request);
    return checked(
        new ChatParameters(
            model,
            ChatMessages.of(request),
            ToolParameters.of(request),
            SamplingParameters.of(request, likeliest < 0 ? 0 : Math.max(1, likeliest)),
            maxTokens(request),
            likeliest,
            StreamParameters.of(request),
            ResponseFormat.of(request),
            Knowledge.of(request, model)));
  }

  private static ChatParameters checked(ChatParameters wanted) {
    if (wanted.tools != null && wanted.format != null) {
      throw new InvalidInput("response_format", "must be of type text where tools may be called");
    }
    return wanted;
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
    request.refuse("audio", "is not supported");
    request.refuse("web_search_options", "is not supported");
    for (var modality : request.texts("modalities")) {
      if (!modality.equals("text")) {
        throw new InvalidInput("modalities", "must be [\"text\"]");
      }
    }
  }
}
