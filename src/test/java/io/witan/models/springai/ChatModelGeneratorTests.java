package io.witan.models.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.engine.SamplingOptions;
import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.ConversationRefused;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GeneratorGone;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.Flux;

class ChatModelGeneratorTests {
  /** Repeats the last message word for word. */
  private static final class Echo implements ChatModel {
    @Override
    public ChatResponse call(org.springframework.ai.chat.prompt.Prompt prompt) {
      return said(prompt.getContents());
    }

    @Override
    public Flux<ChatResponse> stream(org.springframework.ai.chat.prompt.Prompt prompt) {
      var words = String.valueOf(prompt.getInstructions().getLast().getText()).split("(?<= )");
      return Flux.fromArray(words).map(Echo::said);
    }

    private static ChatResponse said(String text) {
      return new ChatResponse(List.of(new Generation(new AssistantMessage(text))));
    }
  }

  private static ChatModelGenerator generator() {
    return new ChatModelGenerator(
        new GeneratorInfo("echo", "Echo", true, 1_000, true),
        new Echo(),
        (cause, begun) -> new GeneratorGone(),
        new ChatModelGenerator.Limits(1, 1, 1));
  }

  private static GeneratorRequest request(Prompt prompt) {
    return new GeneratorRequest(
        prompt, SamplingOptions.greedy(), 100, "ann", null, null, Duration.ofSeconds(20));
  }

  private static Prompt.Conversation question(String text) {
    return new Prompt.Conversation(List.of(ChatMessage.user(text)));
  }

  @Test
  void anyChatModelStandsIn() {
    var text = new StringBuffer();

    var run =
        generator().start(request(question("One two three")), piece -> text.append(piece.text()));
    var end = run.end().orTimeout(10, TimeUnit.SECONDS).join();

    assertThat(text).hasToString("One two three");
    assertThat(end.reason()).isEqualTo(GenerationEnd.Reason.STOP);
    assertThat(end.promptTokens()).isPositive();
    assertThat(end.generatedTokens()).isPositive();
  }

  @Test
  void aListenerThatFailsEndsTheRequest() {
    var broken = new IllegalStateException("gone");

    var run =
        generator()
            .start(
                request(question("One two three")),
                piece -> {
                  throw broken;
                });
    var end = run.end().orTimeout(10, TimeUnit.SECONDS).join();

    assertThat(end.reason()).isEqualTo(GenerationEnd.Reason.FAILED);
    assertThat(end.failure()).isSameAs(broken);
  }

  @Test
  void refusesTextsAndWhatIsNewOnceItIsReplaced() {
    var generator = generator();
    assertThatThrownBy(
            () -> generator.start(request(new Prompt.PlainText("Once upon")), piece -> {}))
        .isInstanceOf(ConversationRefused.class);

    assertThat(generator.retire()).succeedsWithin(Duration.ofSeconds(1));

    assertThatThrownBy(() -> generator.start(request(question("More?")), piece -> {}))
        .isInstanceOf(GeneratorGone.class);
  }

  @Test
  void estimatesMoreTokensThanTokenizersMake() {
    // a usual tokenizer makes about ten, fifteen and nine
    assertThat(TokenEstimate.of("The quick brown fox jumps over the lazy dog.")).isBetween(10, 25);
    assertThat(TokenEstimate.of("会议记录保存三十年，任何人都可以查阅。")).isBetween(15, 32);
    assertThat(TokenEstimate.of("2026-11-23 05:22")).isGreaterThanOrEqualTo(9);
    assertThat(TokenEstimate.of("")).isZero();
  }
}
