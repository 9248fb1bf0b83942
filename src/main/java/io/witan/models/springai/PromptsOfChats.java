package io.witan.models.springai;

import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.prompt.ChatOptions;

/** Writes our prompts and options as Spring AI has them. */
final class PromptsOfChats {
  private PromptsOfChats() {}

  static org.springframework.ai.chat.prompt.Prompt prompt(
      Prompt.Conversation conversation, ChatOptions options) {
    var messages = conversation.messages().stream().map(PromptsOfChats::message).toList();
    return new org.springframework.ai.chat.prompt.Prompt(messages, options);
  }

  private static Message message(ChatMessage message) {
    return switch (message.role()) {
      case SYSTEM -> new SystemMessage(message.content());
      case USER -> new UserMessage(message.content());
      case ASSISTANT -> ToolsOfChats.message(message);
      case TOOL -> ToolsOfChats.result(message);
    };
  }

  /** What all models know; a seed is not among it. */
  static ChatOptions options(GeneratorRequest request) {
    var sampling = request.sampling();
    var options = ChatOptions.builder();
    options.maxTokens(request.maxTokens());
    options.temperature((double) sampling.temperature());
    if (!sampling.isGreedy()) {
      options.topP((double) sampling.topP());
      if (sampling.topK() > 0) {
        options.topK(sampling.topK());
      }
    }
    if (sampling.presencePenalty() != 0) {
      options.presencePenalty((double) sampling.presencePenalty());
    }
    if (!sampling.stop().isEmpty()) {
      options.stopSequences(sampling.stop());
    }
    return options.build();
  }
}
