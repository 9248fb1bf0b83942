package io.witan.models.springai;

import io.witan.models.generation.GeneratedPiece;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationEnd.Reason;
import io.witan.models.generation.GenerationRun;
import io.witan.models.generation.GeneratorGone;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.springai.ChatModelGenerator.Connection;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.Disposable;

/** One request to a model. What the listener is told comes one after another, the end last. */
final class ChatModelRun implements GenerationRun {
  /** No token has more characters on average; what sends more does not keep to the limit. */
  private static final int CHARACTERS_OF_A_TOKEN = 64;

  private static final Consumer<Throwable> DROPPED = cause -> {};
  private static final String ON_ERROR_DROPPED = "reactor.onErrorDropped.local";

  private final ChatModelGenerator generator;
  private final GeneratorRequest request;
  private final Prompt prompt;
  private final int promptTokens;
  private final GeneratorListener listener;
  private final StopTexts stops;
  private final CompletableFuture<GenerationEnd> end = new CompletableFuture<>();
  private final CompletableFuture<Boolean> timer = new CompletableFuture<>();
  private final long created = System.nanoTime();

  /** Guards what follows, and the listener. */
  private final ReentrantLock telling = new ReentrantLock();

  private final StringBuilder text = new StringBuilder();
  private final CallsOfChats calls = new CallsOfChats();
  private boolean isEnded;
  private @Nullable Connection connection;
  private @Nullable Disposable subscription;
  private long begunAt;
  private volatile long firstAt;
  private int usedPrompt;
  private int usedAnswer;
  private @Nullable String why;

  ChatModelRun(
      ChatModelGenerator generator,
      GeneratorRequest request,
      Prompt prompt,
      int promptTokens,
      GeneratorListener listener) {
    this.generator = generator;
    this.request = request;
    this.prompt = prompt;
    this.promptTokens = promptTokens;
    this.listener = listener;
    this.stops = new StopTexts(request.sampling().stop());
  }

  @Override
  public CompletableFuture<GenerationEnd> end() {
    return end;
  }

  @Override
  public void cancel() {
    elsewhere(() -> finish(Reason.CANCELLED, null));
  }

  /** Whether nothing of the answer has come. */
  boolean isReading() {
    return firstAt == 0;
  }

  /** Ends it because the generator is closed. */
  void abandon() {
    finish(Reason.FAILED, new GeneratorGone());
  }

  void limit(Duration longest) {
    timer
        .completeOnTimeout(true, longest.toMillis(), TimeUnit.MILLISECONDS)
        .thenRunAsync(() -> finish(Reason.DEADLINE, null), ChatModelRun::elsewhere);
  }

  void waits(int place) {
    elsewhere(() -> tell(() -> listener.queued(place)));
  }

  void begin() {
    elsewhere(this::subscribe);
  }

  private static void elsewhere(Runnable work) {
    Thread.ofVirtual().name("chat-model").start(work);
  }

  private void subscribe() {
    Connection opened;
    telling.lock();
    try {
      if (isEnded) {
        return;
      }
      begunAt = System.nanoTime();
      opened = generator.connect();
      connection = opened;
      listener.reading(0, promptTokens);
    } catch (RuntimeException failed) {
      finish(Reason.FAILED, generator.failure(failed, false));
      return;
    } finally {
      telling.unlock();
    }
    try {
      var stream = opened.model().stream(prompt);
      var begun =
          stream
              .contextWrite(context -> context.put(ON_ERROR_DROPPED, DROPPED))
              .subscribe(this::accept, this::failed, this::completed);
      keep(begun);
    } catch (RuntimeException failed) {
      failed(failed);
    }
  }

  private void keep(Disposable begun) {
    telling.lock();
    try {
      subscription = begun;
      if (isEnded) {
        letGo();
      }
    } finally {
      telling.unlock();
    }
  }

  private void accept(ChatResponse response) {
    telling.lock();
    try {
      if (isEnded) {
        return;
      }
      note(response);
      for (var generation : response.getResults()) {
        @Nullable String piece = generation.getOutput().getText();
        if (piece != null && !piece.isEmpty()) {
          generated(piece);
        }
        generation.getOutput().getToolCalls().forEach(this::called);
        @Nullable String reason = generation.getMetadata().getFinishReason();
        if (reason != null && !reason.isEmpty()) {
          why = reason;
        }
      }
      if (stops.isMet()) {
        finish(Reason.STOP, null);
      } else if (text.length() > (long) CHARACTERS_OF_A_TOKEN * request.maxTokens()) {
        finish(Reason.LENGTH, null);
      }
    } catch (RuntimeException refused) {
      finish(Reason.FAILED, refused);
    } finally {
      telling.unlock();
    }
  }

  private void note(ChatResponse response) {
    var usage = response.getMetadata().getUsage();
    @Nullable Integer read = usage.getPromptTokens();
    @Nullable Integer written = usage.getCompletionTokens();
    usedPrompt = Math.max(usedPrompt, read == null ? 0 : read);
    usedAnswer = Math.max(usedAnswer, written == null ? 0 : written);
  }

  private void generated(String piece) {
    began();
    text.append(piece);
    say(stops.accept(piece));
  }

  private void called(ToolCall call) {
    if (stops.isMet()) {
      return;
    }
    began();
    say(stops.rest());
    text.append(call.name()).append(call.arguments());
    calls.accept(call).forEach(listener::generated);
  }

  private void began() {
    if (firstAt == 0) {
      firstAt = System.nanoTime();
      generator.measured(promptTokens, Duration.ofNanos(firstAt - begunAt));
      listener.reading(promptTokens, promptTokens);
    }
  }

  private void say(String piece) {
    if (!piece.isEmpty()) {
      listener.generated(GeneratedPiece.of(piece));
    }
  }

  private void failed(Throwable cause) {
    telling.lock();
    try {
      finish(Reason.FAILED, generator.failure(cause, firstAt != 0));
    } finally {
      telling.unlock();
    }
  }

  private void completed() {
    telling.lock();
    try {
      boolean length = why != null && why.toLowerCase(Locale.ROOT).contains("length");
      finish(length ? Reason.LENGTH : Reason.STOP, null);
    } finally {
      telling.unlock();
    }
  }

  private void tell(Runnable saying) {
    telling.lock();
    try {
      if (!isEnded && begunAt == 0) {
        saying.run();
      }
    } catch (RuntimeException refused) {
      finish(Reason.FAILED, refused);
    } finally {
      telling.unlock();
    }
  }

  private void finish(Reason reason, @Nullable Throwable failure) {
    telling.lock();
    try {
      if (isEnded) {
        return;
      }
      isEnded = true;
      timer.cancel(false);
      letGo();
      var ended = ended(reason, failure);
      try {
        if (reason == Reason.STOP || reason == Reason.LENGTH) {
          say(stops.rest());
        }
        listener.ended(ended);
      } catch (RuntimeException refused) {
        ended = ended(Reason.FAILED, refused);
      }
      end.complete(ended);
    } finally {
      telling.unlock();
    }
  }

  /** Cancels the stream first, so that its breaking off is no failure. */
  private void letGo() {
    var begun = subscription;
    if (begun != null) {
      begun.dispose();
    }
    var opened = connection;
    if (opened != null) {
      opened.breakOff().run();
    }
  }

  private GenerationEnd ended(Reason reason, @Nullable Throwable failure) {
    long now = System.nanoTime();
    int written = usedAnswer > 0 ? usedAnswer : TokenEstimate.of(text.toString());
    return new GenerationEnd(
        reason,
        failure,
        usedPrompt > 0 ? usedPrompt : promptTokens,
        0,
        written,
        Duration.ofNanos((begunAt == 0 ? now : begunAt) - created),
        firstAt == 0 ? null : Duration.ofNanos(firstAt - created),
        Duration.ofNanos(now - created));
  }
}
