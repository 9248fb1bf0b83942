package io.witan.models.remote;

import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import io.witan.engine.tools.Tool;
import io.witan.engine.tools.ToolUse;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.OutputFormat;
import io.witan.models.generation.Prompt;
import io.witan.models.springai.ToolsOfChats;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.openai.OpenAiChatModel.ResponseFormat;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Says in the words of that protocol how an answer is to be written. */
final class RemoteOptions {
  private static final ChatCompletionToolChoiceOption REQUIRED =
      ChatCompletionToolChoiceOption.ofAuto(ChatCompletionToolChoiceOption.Auto.REQUIRED);

  private RemoteOptions() {}

  /**
   * What that protocol knows. Not top-k and min-p, which servers that keep to it refuse; a penalty
   * only where one is asked for.
   */
  static ChatOptions of(String model, GeneratorRequest request) {
    var sampling = request.sampling();
    var options = OpenAiChatOptions.builder();
    options.model(model);
    options.maxTokens(request.maxTokens());
    options.temperature(rounded(sampling.temperature()));
    if (!sampling.isGreedy()) {
      options.topP(rounded(sampling.topP()));
      options.seed((int) (sampling.seed() ^ (sampling.seed() >>> 31)) & Integer.MAX_VALUE);
    }
    if (sampling.presencePenalty() != 0) {
      options.presencePenalty(rounded(sampling.presencePenalty()));
    }
    if (!sampling.stop().isEmpty()) {
      options.stop(sampling.stop().subList(0, Math.min(4, sampling.stop().size())));
    }
    var format = request.format();
    if (format != null) {
      options.responseFormat(form(format));
    }
    if (request.prompt() instanceof Prompt.Conversation conversation) {
      var tools = conversation.tools();
      if (tools != null) {
        functions(options, tools);
      }
    }
    return options.build();
  }

  /** What is usual is left out: some servers refuse what they do not know. */
  private static void functions(OpenAiChatOptions.Builder options, ToolUse tools) {
    var callable = tools.called();
    options.toolCallbacks(ToolsOfChats.callable(tools));
    if (tools.required()) {
      options.toolChoice(callable.size() == 1 ? named(callable.getFirst()) : REQUIRED);
    }
    if (!tools.parallel()) {
      options.parallelToolCalls(false);
    }
  }

  private static ChatCompletionToolChoiceOption named(Tool tool) {
    var function = ChatCompletionNamedToolChoice.Function.builder().name(tool.name()).build();
    return ChatCompletionToolChoiceOption.ofNamedToolChoice(
        ChatCompletionNamedToolChoice.builder().function(function).build());
  }

  /** Whether the remote keeps to it is its own affair; one that cannot refuses the request. */
  private static ResponseFormat form(OutputFormat format) {
    return switch (format) {
      case OutputFormat.JsonObject any ->
          ResponseFormat.builder().type(ResponseFormat.Type.JSON_OBJECT).build();
      case OutputFormat.JsonSchema it ->
          ResponseFormat.builder()
              .type(ResponseFormat.Type.JSON_SCHEMA)
              .jsonSchema(it.schema())
              .build();
    };
  }

  /** 0.95f as 0.95. */
  private static double rounded(float value) {
    return Math.round(value * 1e4) / 1e4;
  }
}
