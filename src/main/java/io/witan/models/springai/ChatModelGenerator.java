package io.witan.models.springai;

import io.witan.engine.serving.ServingStatistics;
import io.witan.models.generation.ConversationRefused;
import io.witan.models.generation.GenerationEnd;
import io.witan.models.generation.GenerationRun;
import io.witan.models.generation.Generator;
import io.witan.models.generation.GeneratorGone;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.generation.GeneratorListener;
import io.witan.models.generation.GeneratorOverloaded;
import io.witan.models.generation.GeneratorRequest;
import io.witan.models.generation.MustStayHere;
import io.witan.models.generation.OutputFormatRefused;
import io.witan.models.generation.Prompt;
import io.witan.models.generation.PromptTooLong;
import io.witan.models.generation.ToolsRefused;
import io.witan.shared.Failure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;

/**
 * Any Spring AI {@link ChatModel} as a {@link Generator}: streams, breaks off, waits in a fair
 * queue, and refuses what may not leave the machine if the model is elsewhere. Tokens are
 * estimated, see {@link TokenEstimate}; their numbers at the end are the model's own where it gives
 * them.
 */
public final class ChatModelGenerator implements Generator {
  /** Believed until the first answers were timed. */
  private static final double USUAL_RATE = 1_000;

  private static final int ENOUGH_TOKENS = 200;
  private static final double NEW_SHARE = 0.3;
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final GeneratorInfo info;
  private final Supplier<Connection> connections;
  private final Function<GeneratorRequest, ChatOptions> options;
  private final Failures failures;
  private final Limits limits;
  private final boolean takesFormsAndTools;

  private final ReentrantLock lock = new ReentrantLock();
  private final RunQueue queue = new RunQueue();
  private final ModelUse use = new ModelUse();
  private final Set<ChatModelRun> running = new HashSet<>();
  private final Set<CompletableFuture<?>> unfinished = new HashSet<>();
  private boolean isRetired;
  private volatile double rate = USUAL_RATE;

  /**
   * A model for one request.
   *
   * @param breakOff ends the request at once, after its stream was cancelled
   */
  public record Connection(ChatModel model, Runnable breakOff) {}

  /** Says what went wrong. */
  @FunctionalInterface
  public interface Failures {
    /**
     * @param begun whether a part of the answer had come
     */
    Failure of(Throwable cause, boolean begun);
  }

  /**
   * How much at once.
   *
   * @param running requests that are answered
   * @param queued requests that wait
   * @param queuedPerOwner of these, of one owner
   */
  public record Limits(int running, int queued, int queuedPerOwner) {}

  /** For any model, with the options that all models share. */
  public ChatModelGenerator(GeneratorInfo info, ChatModel model, Failures failures, Limits limits) {
    this(
        info,
        () -> new Connection(model, () -> {}),
        PromptsOfChats::options,
        failures,
        limits,
        false);
  }

  /**
   * For a model with options of its own, or a connection for each request.
   *
   * @param takesFormsAndTools whether the options ask for the form that an answer must have, and
   *     name the functions that it may call
   */
  public ChatModelGenerator(
      GeneratorInfo info,
      Supplier<Connection> connections,
      Function<GeneratorRequest, ChatOptions> options,
      Failures failures,
      Limits limits,
      boolean takesFormsAndTools) {
    this.info = info;
    this.connections = connections;
    this.options = options;
    this.failures = failures;
    this.limits = limits;
    this.takesFormsAndTools = takesFormsAndTools;
  }

  @Override
  public GeneratorInfo info() {
    return info;
  }

  @Override
  public int countTokens(String text) {
    return TokenEstimate.of(text);
  }

  @Override
  public int countTokens(Prompt prompt) {
    return TokenEstimate.of(prompt);
  }

  /** From the first tokens' times, the way there included; a guess before the first of them. */
  @Override
  public double promptTokensPerSecond() {
    return rate;
  }

  void measured(int tokens, Duration firstToken) {
    if (tokens >= ENOUGH_TOKENS) {
      double now = tokens / Math.max(1e-3, firstToken.toNanos() / 1e9);
      rate = rate * (1 - NEW_SHARE) + now * NEW_SHARE;
    }
  }

  @Override
  public GenerationRun start(GeneratorRequest request, GeneratorListener listener) {
    if (!info.local() && !request.mayLeave()) {
      throw new MustStayHere();
    }
    if (!(request.prompt() instanceof Prompt.Conversation conversation)) {
      throw new ConversationRefused(info.name(), "it answers conversations and continues no texts");
    }
    if (conversation.usesTools() && !takesFormsAndTools) {
      throw new ToolsRefused(info.name(), "it takes none from here");
    }
    if (request.format() != null && !takesFormsAndTools) {
      throw new OutputFormatRefused("%s takes none from here".formatted(info.name()));
    }
    int prompt = countTokens(request.prompt());
    if (prompt + (long) request.maxTokens() > info.contextTokens()) {
      throw new PromptTooLong(prompt, request.maxTokens(), info.contextTokens());
    }
    var asked = PromptsOfChats.prompt(conversation, options.apply(request));
    var run = new ChatModelRun(this, request, asked, prompt, listener);
    admit(run, request.owner());
    run.limit(request.limit());
    return run;
  }

  private void admit(ChatModelRun run, String owner) {
    lock.lock();
    try {
      if (isRetired) {
        throw new GeneratorGone();
      }
      boolean waits = running.size() >= limits.running();
      if (waits
          && (queue.size() >= limits.queued() || queue.of(owner) >= limits.queuedPerOwner())) {
        use.refused();
        throw new GeneratorOverloaded(RETRY);
      }
      use.submitted();
      unfinished.add(run.end());
      if (waits) {
        queue.add(owner, run);
      } else {
        running.add(run);
      }
    } finally {
      lock.unlock();
    }
    run.end().whenComplete((end, failure) -> leave(run, owner, end));
    beginOrTell(run);
  }

  private void beginOrTell(ChatModelRun run) {
    lock.lock();
    try {
      if (running.contains(run)) {
        run.begin();
      } else {
        tellPlaces();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the next ones in. */
  private void leave(ChatModelRun run, String owner, GenerationEnd end) {
    lock.lock();
    try {
      use.ended(end, running.contains(run));
      unfinished.remove(run.end());
      queue.remove(owner, run);
      if (running.remove(run) && running.size() < limits.running()) {
        var next = queue.next();
        if (next != null) {
          running.add(next);
          next.begin();
        }
      }
      tellPlaces();
    } finally {
      lock.unlock();
    }
  }

  private void tellPlaces() {
    int place = 0;
    for (var waiting : queue.inOrder()) {
      waiting.waits(++place);
    }
  }

  Connection connect() {
    return connections.get();
  }

  Failure failure(Throwable cause, boolean begun) {
    return failures.of(cause, begun);
  }

  /** Requests that are answered or wait. */
  public int inFlight() {
    lock.lock();
    try {
      return running.size() + queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** What it does and has done. */
  public ServingStatistics statistics() {
    lock.lock();
    try {
      int reading = (int) running.stream().filter(ChatModelRun::isReading).count();
      return use.statistics(queue.size(), running.size(), reading);
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what is new; completes when everything that was taken has ended. */
  public CompletableFuture<Void> retire() {
    lock.lock();
    try {
      isRetired = true;
      return CompletableFuture.allOf(unfinished.toArray(CompletableFuture<?>[]::new));
    } finally {
      lock.unlock();
    }
  }

  /** Refuses what is new and ends what there is. */
  public void close() {
    var left = new HashSet<ChatModelRun>();
    lock.lock();
    try {
      isRetired = true;
      left.addAll(running);
      left.addAll(queue.inOrder());
    } finally {
      lock.unlock();
    }
    left.forEach(ChatModelRun::abandon);
  }
}
