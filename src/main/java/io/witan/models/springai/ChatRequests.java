package io.witan.models.springai;

import io.witan.engine.SamplingOptions;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.content.MediaContent;

/** Reads Spring AI's prompts and options; what cannot be done is refused. */
final class ChatRequests {
  private static final int USUAL_TOKENS = 1_024;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private ChatRequests() {}

  /**
   * @throws IllegalArgumentException if the prompt has what no generator can read, or the options
   *     are out of range
   */
  static GeneratorRequest of(
      Generator generator, org.springframework.ai.chat.prompt.Prompt prompt, String owner) {
    var messages = prompt.getInstructions().stream().map(ChatRequests::message).toList();
    var conversation = new Prompt.Conversation(messages);
    @Nullable ChatOptions options = prompt.getOptions();
    @Nullable Integer wanted = options == null ? null : options.getMaxTokens();
    int room = generator.info().contextTokens() - generator.countTokens(conversation);
    int tokens = wanted == null ? Math.max(1, Math.min(USUAL_TOKENS, room)) : wanted;
    return new GeneratorRequest(
        conversation, sampling(options), tokens, owner, null, owner, LONGEST);
  }

  private static ChatMessage message(Message message) {
    if (message instanceof MediaContent content && !content.getMedia().isEmpty()) {
      throw new IllegalArgumentException("only text can be read, not media");
    }
    @Nullable String text = message.getText();
    var content = text == null ? "" : text;
    return switch (message.getMessageType()) {
      case SYSTEM -> ChatMessage.system(content);
      case USER -> ChatMessage.user(content);
      case ASSISTANT -> ChatMessage.assistant(content);
      case TOOL -> throw new IllegalArgumentException("generators call no tools");
    };
  }

  private static SamplingOptions sampling(@Nullable ChatOptions options) {
    var sampling = SamplingOptions.varied(RandomGenerator.getDefault().nextLong());
    if (options == null) {
      return sampling;
    }
    @Nullable Double frequency = options.getFrequencyPenalty();
    if (frequency != null && frequency != 0) {
      throw new IllegalArgumentException("frequencyPenalty is not supported; use presencePenalty");
    }
    @Nullable Double temperature = options.getTemperature();
    if (temperature != null) {
      sampling = sampling.withTemperature(temperature.floatValue());
    }
    @Nullable Double topP = options.getTopP();
    if (topP != null) {
      sampling = sampling.withTopP(topP.floatValue());
    }
    @Nullable Integer topK = options.getTopK();
    if (topK != null) {
      sampling = sampling.withTopK(topK);
    }
    @Nullable Double presence = options.getPresencePenalty();
    if (presence != null) {
      sampling = sampling.withPresencePenalty(presence.floatValue());
    }
    var stops = options.getStopSequences();
    return stops == null ? sampling : sampling.withStop(stops);
  }
}
