package io.witan.models.residency;

import io.witan.engine.GeneratedToken;
import io.witan.engine.PromptWriter;
import io.witan.engine.SamplingOptions;
import io.witan.engine.serving.Deadline;
import io.witan.engine.serving.GenerationListener;
import io.witan.engine.serving.GenerationRequest;
import io.witan.engine.serving.GenerationServer;
import io.witan.engine.serving.PrefixScope;
import java.time.Duration;
import java.util.Arrays;

/**
 * How fast a model is here, measured with a real text.
 *
 * @param promptTokensPerSecond 0 if it did not read a step in time
 * @param generatedTokensPerSecond of one request alone; 0 if it did not come to that
 * @param tokensRead for this
 */
record ReadingSpeed(
    double promptTokensPerSecond, double generatedTokensPerSecond, long tokensRead) {
  private static final Duration MOST = Duration.ofMillis(2500);
  private static final int FIRST_TOKENS = 64;
  private static final int MOST_TOKENS = 512;
  private static final int ANSWER_TOKENS = 12;
  private static final String TEXT =
      """
      The council met on the first Monday of every month, read the letters that had come, and wrote \
      down what was decided, by whom, and why. Whoever wanted to know later could look it up: the \
      book lay open in the hall, and its pages were numbered. 会议记录保存三十年,任何人都可以查阅。 \
      Payments above 5,000 euros needed two signatures (§ 12); smaller ones, one.
      """;

  /**
   * Reads a short text to warm up, then one that should take a second or two. At most five seconds,
   * but for the step that runs then.
   */
  static ReadingSpeed measure(GenerationServer server, PromptWriter writer, int contextTokens) {
    int most = Math.max(1, Math.min(MOST_TOKENS, contextTokens - ANSWER_TOKENS));
    var first = run(server, writer, Math.min(FIRST_TOKENS, most));
    int next = (int) Math.clamp(first.promptTokensPerSecond * 1.5, FIRST_TOKENS, MOST_TOKENS);
    var second = run(server, writer, Math.min(next, most));
    return new ReadingSpeed(
        Math.max(first.promptTokensPerSecond, second.promptTokensPerSecond),
        Math.max(first.generatedTokensPerSecond, second.generatedTokensPerSecond),
        first.tokensRead + second.tokensRead);
  }

  private static ReadingSpeed run(GenerationServer server, PromptWriter writer, int tokens) {
    var once = writer.text(TEXT.repeat(1 + tokens / 64)).tokens();
    int[] prompt = Arrays.copyOf(once, Math.min(tokens, once.length));
    var request =
        new GenerationRequest(
            prompt,
            SamplingOptions.greedy(),
            ANSWER_TOKENS,
            "measure",
            PrefixScope.none(),
            Deadline.after(MOST));
    var progress = new Progress();
    var result = server.submit(request, progress).result().join();
    var firstToken = result.timings().firstToken();
    double reading =
        firstToken == null ? progress.rate() : prompt.length / seconds(firstToken.toNanos());
    double writing =
        firstToken == null || result.usage().generated() < 2
            ? 0
            : (result.usage().generated() - 1)
                / seconds(result.timings().total().minus(firstToken).toNanos());
    return new ReadingSpeed(reading, writing, prompt.length);
  }

  private static double seconds(long nanos) {
    return Math.max(1, nanos) / 1e9;
  }

  /** How far a prompt was read when. */
  private static final class Progress implements GenerationListener {
    private final long start = System.nanoTime();
    private volatile double rate;

    @Override
    public void read(int tokens, int ofTokens) {
      rate = tokens / seconds(System.nanoTime() - start);
    }

    @Override
    public void token(GeneratedToken token) {}

    double rate() {
      return rate;
    }
  }
}
