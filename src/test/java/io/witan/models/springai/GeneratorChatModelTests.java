package io.witan.models.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GenerationRun;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.NoGenerator;
import io.witan.models.generation.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;

class GeneratorChatModelTests {
  private final Words generator = new Words();
  private final GeneratorChatModel model =
      new GeneratorChatModel(() -> Optional.of(generator), "person-1");

  @Test
  void answersWithTextReasonAndUsage() {
    var response =
        model.call(
            new org.springframework.ai.chat.prompt.Prompt(
                List.of(
                    new SystemMessage("be brief"),
                    new UserMessage("one"),
                    new AssistantMessage("two"),
                    new UserMessage("three")),
                ChatOptions.builder()
                    .temperature(0.0)
                    .maxTokens(7)
                    .stopSequences(List.of("END"))
                    .build()));

    assertThat(text(response)).isEqualTo("Hello there.");
    assertThat(result(response).getMetadata().getFinishReason()).isEqualTo("stop");
    assertThat(response.getMetadata().getModel()).isEqualTo("Words");
    assertThat(response.getMetadata().getUsage().getTotalTokens()).isEqualTo(12);
    var request = generator.request();
    assertThat(((Prompt.Conversation) request.prompt()).messages())
        .extracting(it -> it.role() + " " + it.content())
        .containsExactly("SYSTEM be brief", "USER one", "ASSISTANT two", "USER three");
    assertThat(request.sampling().isGreedy()).isTrue();
    assertThat(request.sampling().stop()).containsExactly("END");
    assertThat(request.maxTokens()).isEqualTo(7);
    assertThat(request.owner()).isEqualTo("person-1");
    assertThat(request.publicKey()).isNull();
  }

  @Test
  void streamsPiecesAndEndsWithUsage() {
    var parts =
        Objects.requireNonNull(
            model.stream(prompt("hi")).collectList().block(Duration.ofSeconds(10)));

    assertThat(parts.stream().map(GeneratorChatModelTests::text))
        .containsExactly("Hello ", "there.", "");
    assertThat(parts.getLast().getMetadata().getUsage().getCompletionTokens()).isEqualTo(2);
  }

  @Test
  void endsTheGenerationWhenAStreamIsCancelled() {
    generator.endless = true;

    var first = model.stream(prompt("hi")).blockFirst(Duration.ofSeconds(10));

    assertThat(first).isNotNull();
    assertThat(generator.cancelled).isTrue();
  }

  @Test
  void tellsWhatWentWrong() {
    var none = new GeneratorChatModel(Optional::empty, "person-1");
    assertThatThrownBy(() -> none.call(prompt("hi"))).isInstanceOf(NoGenerator.class);
    assertThatThrownBy(() -> none.stream(prompt("hi")).blockLast()).isInstanceOf(NoGenerator.class);
    generator.fails = true;
    assertThatThrownBy(() -> model.call(prompt("hi")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("FAILED");
    assertThatThrownBy(() -> model.stream(prompt("hi")).blockLast(Duration.ofSeconds(10)))
        .hasMessageContaining("FAILED");
  }

  @Test
  void refusesWhatItCannotDo() {
    var options = ChatOptions.builder().frequencyPenalty(0.5).build();

    assertThatThrownBy(
            () -> model.call(new org.springframework.ai.chat.prompt.Prompt("hi", options)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frequencyPenalty");
  }

  private static org.springframework.ai.chat.prompt.Prompt prompt(String text) {
    return new org.springframework.ai.chat.prompt.Prompt(text);
  }

  private static org.springframework.ai.chat.model.Generation result(ChatResponse response) {
    return Objects.requireNonNull(response.getResult());
  }

  private static String text(ChatResponse response) {
    return String.valueOf(result(response).getOutput().getText());
  }

  /** Says "Hello there." */
  private static final class Words implements Generator {
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile @Nullable GeneratorRequest last;
    private volatile boolean endless;
    private volatile boolean fails;

    private GeneratorRequest request() {
      return Objects.requireNonNull(last);
    }

    @Override
    public GeneratorInfo info() {
      return new GeneratorInfo("words-1", "Words", true, 100, true);
    }

    @Override
    public int countTokens(String text) {
      return text.length();
    }

    @Override
    public int countTokens(Prompt prompt) {
      return 10;
    }

    @Override
    public double promptTokensPerSecond() {
      return 0;
    }

    @Override
    public GenerationRun start(GeneratorRequest request, GeneratorListener listener) {
      last = request;
      var end = new CompletableFuture<GenerationEnd>();
      Thread.ofVirtual().start(() -> write(listener, end));
      return new GenerationRun() {
        @Override
        public void cancel() {
          cancelled.set(true);
        }

        @Override
        public CompletableFuture<GenerationEnd> end() {
          return end;
        }
      };
    }

    private void write(GeneratorListener listener, CompletableFuture<GenerationEnd> end) {
      do {
        listener.generated(GeneratedPiece.of("Hello "));
        listener.generated(GeneratedPiece.of("there."));
      } while (endless && !cancelled.get());
      var reason = fails ? Reason.FAILED : cancelled.get() ? Reason.CANCELLED : Reason.STOP;
      var told =
          new GenerationEnd(reason, null, 10, 0, 2, Duration.ZERO, Duration.ZERO, Duration.ZERO);
      listener.ended(told);
      end.complete(told);
    }
  }
}
