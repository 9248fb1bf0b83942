package io.witan.models.springai;

import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Generators;
import io.witan.models.generation.NoGenerator;
import java.util.List;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.metadata.ChatGenerationMetadata;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Whichever generator is active, as Spring AI's {@link ChatModel}. Failures are those of {@link
 * Generator#start}, and {@link NoGenerator} while none is active.
 */
public final class GeneratorChatModel implements ChatModel {
  private final Generators generators;
  private final String owner;

  /**
   * @param owner in whose turn requests wait, and whose earlier prompts may be reused: a person's
   *     id
   */
  public GeneratorChatModel(Generators generators, String owner) {
    this.generators = generators;
    this.owner = owner;
  }

  @Override
  public ChatResponse call(Prompt prompt) {
    var generator = active();
    var text = new StringBuilder();
    var run = generator.start(request(generator, prompt), piece -> text.append(piece.text()));
    boolean ended = false;
    try {
      var end = run.end().join();
      ended = true;
      if (isBroken(end)) {
        throw broken(end);
      }
      return response(generator, text.toString(), end);
    } finally {
      if (!ended) {
        run.cancel();
      }
    }
  }

  /** Each piece of text, then an empty one with reason and usage; cancelling ends generation. */
  @Override
  public Flux<ChatResponse> stream(Prompt prompt) {
    return Flux.create(
        sink -> {
          var generator = active();
          var request = request(generator, prompt);
          sink.onDispose(generator.start(request, new Feeding(generator, sink))::cancel);
        });
  }

  private Generator active() {
    return generators.active().orElseThrow(NoGenerator::new);
  }

  private GeneratorRequest request(Generator generator, Prompt prompt) {
    return ChatRequests.of(generator, prompt, owner);
  }

  /** Tells a stream what is generated. */
  private record Feeding(Generator generator, FluxSink<ChatResponse> sink)
      implements GeneratorListener {
    @Override
    public void generated(GeneratedPiece piece) {
      if (!piece.text().isEmpty()) {
        var message = new AssistantMessage(piece.text());
        sink.next(new ChatResponse(List.of(new Generation(message))));
      }
    }

    @Override
    public void ended(GenerationEnd end) {
      if (isBroken(end)) {
        sink.error(broken(end));
        return;
      }
      sink.next(response(generator, "", end));
      sink.complete();
    }
  }

  private static boolean isBroken(GenerationEnd end) {
    return switch (end.reason()) {
      case STOP, LENGTH, DEADLINE -> false;
      case CANCELLED, FAILED -> true;
    };
  }

  private static IllegalStateException broken(GenerationEnd end) {
    return new IllegalStateException("generation ended: " + end.reason(), end.failure());
  }

  private static ChatResponse response(Generator generator, String text, GenerationEnd end) {
    var reason = end.reason() == GenerationEnd.Reason.STOP ? "stop" : "length";
    var generation =
        new Generation(
            new AssistantMessage(text),
            ChatGenerationMetadata.builder().finishReason(reason).build());
    var metadata =
        new ChatResponseMetadata.Builder()
            .model(generator.info().name())
            .usage(new DefaultUsage(end.promptTokens(), end.generatedTokens()))
            .build();
    return new ChatResponse(List.of(generation), metadata);
  }
}
