package io.witan.chat.openai;

import io.witan.models.generation.ChatMessage;
import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GeneratedPiece.Alternative;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GenerationRun;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.Generators;
import io.witan.models.generation.Prompt;
import io.witan.models.generation.PromptTooLong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A generator whose tokens are words. It says what it was asked ("echo ..."), or what the script
 * says: {@code endless}, {@code break} after two words, {@code overloaded}.
 */
final class ScriptedGenerator implements Generator, Generators {
  static final String NAME = "Tiny Tester";
  static final String ID = "6f1d2b9e-0000-4000-8000-000000000001";
  static final int CONTEXT = 4_096;

  private final List<GeneratorRequest> requests = new ArrayList<>();
  private volatile CountDownLatch asked = new CountDownLatch(1);
  private volatile CountDownLatch cancelled = new CountDownLatch(1);
  private volatile boolean active = true;
  private volatile @Nullable Generator instead;

  @Override
  public Optional<Generator> active() {
    var other = instead;
    if (other != null) {
      return Optional.of(other);
    }
    return active ? Optional.of(this) : Optional.empty();
  }

  /** Has another one answer, or nobody else. */
  void replaceBy(@Nullable Generator other) {
    instead = other;
  }

  void activate(boolean value) {
    active = value;
  }

  synchronized GeneratorRequest lastRequest() {
    return requests.getLast();
  }

  /** Forgets whether it was asked or cancelled. */
  void renew() {
    asked = new CountDownLatch(1);
    cancelled = new CountDownLatch(1);
  }

  boolean wasAsked(Duration within) throws InterruptedException {
    return asked.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean wasCancelled(Duration within) throws InterruptedException {
    return cancelled.await(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public List<String> adapters() {
    return List.of("legal");
  }

  @Override
  public GeneratorInfo info() {
    return new GeneratorInfo(ID, NAME, true, CONTEXT, true);
  }

  @Override
  public int countTokens(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  @Override
  public int countTokens(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Conversation it ->
          it.messages().stream().mapToInt(message -> countTokens(message.content())).sum();
      case Prompt.PlainText it -> countTokens(it.text());
    };
  }

  @Override
  public double promptTokensPerSecond() {
    return 1_000;
  }

  private static String lastOf(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Conversation it -> it.messages().getLast().content();
      case Prompt.PlainText it -> it.text();
    };
  }

  private static String wholeOf(Prompt prompt) {
    return switch (prompt) {
      case Prompt.Conversation it ->
          it.messages().stream().map(ChatMessage::content).collect(Collectors.joining(" | "));
      case Prompt.PlainText it -> it.text();
    };
  }

  @Override
  public synchronized GenerationRun start(GeneratorRequest request, GeneratorListener listener) {
    requests.add(request);
    asked.countDown();
    var script = lastOf(request.prompt());
    if (script.equals("overloaded")) {
      throw new GeneratorOverloaded(Duration.ofSeconds(7));
    }
    int used = countTokens(request.prompt());
    if (used + request.maxTokens() > CONTEXT) {
      throw new PromptTooLong(used, request.maxTokens(), CONTEXT);
    }
    var run = new Run(request, listener);
    Thread.ofVirtual().start(() -> run.write(script));
    return run;
  }

  private final class Run implements GenerationRun {
    private final GeneratorRequest request;
    private final GeneratorListener listener;
    private final CompletableFuture<GenerationEnd> end = new CompletableFuture<>();
    private volatile boolean stopped;
    private int generated;

    private Run(GeneratorRequest request, GeneratorListener listener) {
      this.request = request;
      this.listener = listener;
    }

    @Override
    public void cancel() {
      stopped = true;
      cancelled.countDown();
    }

    @Override
    public CompletableFuture<GenerationEnd> end() {
      return end;
    }

    private void write(String script) {
      var reason =
          switch (script) {
            case "endless" -> endless();
            case "break" -> broken();
            default -> echo("echo " + wholeOf(request.prompt()));
          };
      var told =
          new GenerationEnd(
              reason,
              reason == Reason.FAILED ? new IllegalStateException("script") : null,
              countTokens(request.prompt()),
              1,
              generated,
              Duration.ZERO,
              Duration.ofMillis(1),
              Duration.ofMillis(2));
      listener.ended(told);
      end.complete(told);
    }

    private Reason endless() {
      while (!stopped) {
        say("again ");
        try {
          Thread.sleep(5);
        } catch (InterruptedException e) {
          return Reason.FAILED;
        }
      }
      return Reason.CANCELLED;
    }

    private Reason broken() {
      say("half ");
      say("an ");
      return Reason.FAILED;
    }

    private Reason echo(String text) {
      for (var word : text.split("(?<= )")) {
        if (request.sampling().stop().contains(word.strip())) {
          return Reason.STOP;
        }
        if (generated == request.maxTokens()) {
          return Reason.LENGTH;
        }
        say(word);
      }
      return Reason.STOP;
    }

    private void say(String word) {
      int likeliest = request.sampling().logProbabilities();
      var others = new ArrayList<Alternative>();
      for (int i = 0; i < likeliest; i++) {
        others.add(new Alternative(i == 0 ? word : "other" + i, -0.5 - i));
      }
      generated++;
      @Nullable Double probability = likeliest > 0 ? -0.5 : null;
      listener.generated(
          new GeneratedPiece(word, word, probability == null ? Double.NaN : probability, others));
    }
  }
}
