package io.witan.chat.writing;

import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GenerationRun;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Prompt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what it is told to say, and remembers what it was asked. A token is four characters. */
public final class ScriptedGenerator implements Generator {
  private final List<GeneratorRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicBoolean cancelled = new AtomicBoolean();
  public volatile List<String> pieces = List.of();
  public volatile Reason end = Reason.STOP;
  public volatile @Nullable Supplier<RuntimeException> refusal;
  public volatile int contextTokens = 8_192;
  public volatile double speed = 1_000;
  public volatile boolean showsQuotes;

  /** Whether it goes on and on after its last piece until it is cancelled. */
  public volatile boolean endless;

  public void reset() {
    requests.clear();
    cancelled.set(false);
    pieces = List.of();
    end = Reason.STOP;
    refusal = null;
    contextTokens = 8_192;
    speed = 1_000;
    showsQuotes = false;
    endless = false;
  }

  public List<GeneratorRequest> requests() {
    return List.copyOf(requests);
  }

  public boolean wasCancelled() {
    return cancelled.get();
  }

  public void forgetCancelled() {
    cancelled.set(false);
  }

  /** All that was ever put before the model. */
  public String prompts() {
    var all = new StringBuilder();
    for (var request : requests) {
      if (request.prompt() instanceof Prompt.Conversation conversation) {
        conversation.messages().forEach(message -> all.append(message.content()).append('\n'));
      }
    }
    return all.toString();
  }

  @Override
  public GeneratorInfo info() {
    return new GeneratorInfo(
        "scripted", "Scripted model", true, contextTokens, true, null, showsQuotes);
  }

  @Override
  public int countTokens(String text) {
    return (text.length() + 3) / 4;
  }

  @Override
  public int countTokens(Prompt prompt) {
    return switch (prompt) {
      case Prompt.PlainText plain -> countTokens(plain.text());
      case Prompt.Conversation conversation ->
          conversation.messages().stream()
              .map(ChatMessage::content)
              .mapToInt(it -> countTokens(it) + 4)
              .sum();
    };
  }

  @Override
  public double promptTokensPerSecond() {
    return speed;
  }

  @Override
  public GenerationRun start(GeneratorRequest request, GeneratorListener listener) {
    var refused = refusal;
    if (refused != null) {
      throw refused.get();
    }
    requests.add(request);
    var done = new CompletableFuture<GenerationEnd>();
    var stop = new AtomicBoolean();
    Thread.ofVirtual().start(() -> say(request, listener, stop, done));
    return new GenerationRun() {
      @Override
      public void cancel() {
        if (!done.isDone()) {
          cancelled.set(true);
        }
        stop.set(true);
      }

      @Override
      public CompletableFuture<GenerationEnd> end() {
        return done;
      }
    };
  }

  private void say(
      GeneratorRequest request,
      GeneratorListener listener,
      AtomicBoolean stop,
      CompletableFuture<GenerationEnd> done) {
    int tokens = countTokens(request.prompt());
    listener.queued(2);
    listener.queued(1);
    listener.reading(0, tokens);
    listener.reading(tokens, tokens);
    int said = 0;
    for (var piece : pieces) {
      if (stop.get()) {
        break;
      }
      listener.generated(GeneratedPiece.of(piece));
      said++;
    }
    while (endless && !stop.get()) {
      listener.generated(GeneratedPiece.of(" more"));
      LockSupport.parkNanos(2_000_000);
    }
    var ended =
        new GenerationEnd(
            stop.get() ? Reason.CANCELLED : end,
            end == Reason.FAILED ? new IllegalStateException("broken") : null,
            tokens,
            0,
            said,
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(3));
    listener.ended(ended);
    done.complete(ended);
  }
}
