package io.witan.engine.serving;

import java.time.Duration;

/**
 * How a server shares one model.
 *
 * @param pages pages of the key-value cache to use; 0 for all
 * @param running requests in a step at most
 * @param runningPerOwner of these, of one owner
 * @param queued requests waiting at most
 * @param queuedPerOwner of these, of one owner
 * @param promptRows prompt tokens of one step at most
 * @param stepTarget fewer prompt tokens are taken than make a step longer than this while others
 *     are being answered, but not so few that a step takes longer for the weights than for them
 * @param listenerTokens tokens that a listener may be behind
 */
public record ServingOptions(
    int pages,
    int running,
    int runningPerOwner,
    int queued,
    int queuedPerOwner,
    int promptRows,
    Duration stepTarget,
    int listenerTokens) {
  public ServingOptions {
    if (pages < 0
        || running < 1
        || runningPerOwner < 1
        || queued < 1
        || queuedPerOwner < 1
        || promptRows < 1
        || !stepTarget.isPositive()
        || listenerTokens < 1) {
      throw new IllegalArgumentException(
          ("pages %d, running %d (%d of an owner), queued %d (%d of an owner), prompt rows %d, "
                  + "step target %s, listener tokens %d")
              .formatted(
                  pages,
                  running,
                  runningPerOwner,
                  queued,
                  queuedPerOwner,
                  promptRows,
                  stepTarget,
                  listenerTokens));
    }
  }

  /** For a few dozen people and one processor. */
  public static ServingOptions defaults() {
    return new ServingOptions(0, 32, 32, 256, 64, 256, Duration.ofMillis(500), 1024);
  }

  public ServingOptions withPages(int count) {
    return new ServingOptions(
        count,
        running,
        runningPerOwner,
        queued,
        queuedPerOwner,
        promptRows,
        stepTarget,
        listenerTokens);
  }

  public ServingOptions withRunning(int count, int perOwner) {
    return new ServingOptions(
        pages, count, perOwner, queued, queuedPerOwner, promptRows, stepTarget, listenerTokens);
  }

  public ServingOptions withQueued(int count, int perOwner) {
    return new ServingOptions(
        pages, running, runningPerOwner, count, perOwner, promptRows, stepTarget, listenerTokens);
  }

  public ServingOptions withPromptRows(int rows, Duration target) {
    return new ServingOptions(
        pages, running, runningPerOwner, queued, queuedPerOwner, rows, target, listenerTokens);
  }

  public ServingOptions withListenerTokens(int tokens) {
    return new ServingOptions(
        pages, running, runningPerOwner, queued, queuedPerOwner, promptRows, stepTarget, tokens);
  }
}
