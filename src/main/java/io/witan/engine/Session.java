package io.witan.engine;

import io.witan.engine.backend.CachePages;
import io.witan.engine.backend.StepResult;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sequence of tokens and what the model keeps of it. Not for several threads at once. */
public final class Session implements AutoCloseable {
  private final LanguageModel model;
  private final CachePages pages;
  private final int limit;
  private final @Nullable ModelAdapter adapter;
  private int[] table = {};
  private int length;
  private float[] logits = {};
  private float[][] stepLogits = {};
  private int likeliest = StepResult.UNKNOWN;
  private int[] history = {};

  Session(LanguageModel model, CachePages pages, int limit, @Nullable ModelAdapter adapter) {
    this.model = model;
    this.pages = pages;
    this.limit = limit;
    this.adapter = adapter;
  }

  /**
   * The adapter's number in batches, 0 for none.
   *
   * @throws EngineException if the adapter was closed
   */
  int adapterSlot() {
    return adapter == null ? 0 : adapter.slot();
  }

  /** Tokens so far. */
  public int length() {
    return length;
  }

  /**
   * The logits after the last token, of vocabulary size; empty before the first, and where a back
   * end told only the likeliest token because no more was asked for.
   */
  public float[] logits() {
    return logits;
  }

  /**
   * Appends a prompt, or a part of one.
   *
   * @throws EngineException if the context or the cache is full
   */
  public void append(int[] tokens) {
    append(tokens, false);
  }

  /**
   * Appends a prompt and gives the logits after each of its tokens, {@code [tokens, vocabulary]}.
   */
  public float[][] appendForAllLogits(int[] tokens) {
    return append(tokens, true);
  }

  /** Appends one generated token. */
  public void advance(int token) {
    model.advance(List.of(this), new int[] {token});
  }

  /**
   * Takes positions without computing anything for them; their keys and values are what the pages
   * happen to hold. To measure what comes after them.
   */
  void skip(int tokens) {
    reserve(tokens);
    advanced(
        new int[tokens],
        logits.length == 0 ? new float[0][] : new float[][] {logits},
        StepResult.UNKNOWN);
  }

  /** Whether no further token fits into the context. */
  public boolean isFull() {
    return length >= limit;
  }

  /**
   * Generates after what was appended; the last token generated is not yet part of the session.
   *
   * @param maxTokens tokens at most
   * @throws IllegalStateException if nothing was appended
   */
  public FinishReason generate(SamplingOptions options, int maxTokens, TokenSink sink) {
    return generate(options, null, maxTokens, sink);
  }

  /**
   * As above, held to a grammar of the same model.
   *
   * @throws EngineException.InvalidGrammar if it turns out to be too ambiguous to follow
   */
  public FinishReason generate(
      SamplingOptions options, @Nullable OutputGrammar grammar, int maxTokens, TokenSink sink) {
    if (logits.length == 0 && likeliest == StepResult.UNKNOWN) {
      throw new IllegalStateException("generation needs a prompt");
    }
    var generation = newGeneration(options, grammar, maxTokens);
    var reason = maxTokens < 1 ? generation.finish(FinishReason.LENGTH, sink) : null;
    while (reason == null) {
      reason = choose(generation, sink);
      if (reason == null) {
        model.step(List.of(StepPart.generated(this, generation.token(), generation.wants())));
      }
    }
    return reason;
  }

  /**
   * Lets a generation choose the token after the last, from whatever the last step gave.
   *
   * @return why this ended; null if the generation's token shall be appended
   */
  public @Nullable FinishReason choose(Generation generation, TokenSink sink) {
    return logits.length == 0 && likeliest != StepResult.UNKNOWN
        ? generation.next(likeliest, !isFull(), sink)
        : generation.next(logits, !isFull(), sink);
  }

  /** Chooses tokens after those of this session, for somebody who advances it himself. */
  public Generation newGeneration(SamplingOptions options, int maxTokens) {
    return newGeneration(options, null, maxTokens);
  }

  /** As above, held to a grammar of the same model. */
  public Generation newGeneration(
      SamplingOptions options, @Nullable OutputGrammar grammar, int maxTokens) {
    return new Generation(model.tokenizer(), options, grammar, history(), maxTokens);
  }

  private float[][] append(int[] tokens, boolean all) {
    var collected = new float[all ? tokens.length : 0][];
    for (int from = 0; from < tokens.length; from += LanguageModel.MAX_ROWS) {
      int rows = Math.min(LanguageModel.MAX_ROWS, tokens.length - from);
      boolean last = from + rows == tokens.length;
      var wanted = all ? StepPart.Logits.ALL : last ? StepPart.Logits.LAST : StepPart.Logits.NONE;
      int[] piece = Arrays.copyOfRange(tokens, from, from + rows);
      model.step(List.of(StepPart.prompt(this, piece, wanted)));
      if (all) {
        System.arraycopy(stepLogits, 0, collected, from, rows);
      }
    }
    stepLogits = new float[0][];
    return collected;
  }

  /**
   * Makes room for {@code tokens} more, so that a step that appends them takes no page.
   *
   * @return the pages of the session, in order
   * @throws EngineException if the context or the cache is full
   */
  public int[] reserve(int tokens) {
    if (length + tokens > limit) {
      throw new EngineException.LimitExceeded(
          "the context holds %d tokens, and %d were asked for".formatted(limit, length + tokens));
    }
    int needed = Math.ceilDiv(length + tokens, pages.pageTokens());
    while (table.length < needed) {
      int page = pages.acquire();
      table = Arrays.copyOf(table, table.length + 1);
      table[table.length - 1] = page;
    }
    return table;
  }

  /**
   * Takes over a page that holds keys and values of tokens, as a prompt of exactly these would have
   * left them there.
   *
   * @param tokens as many as fill the page; those before them are the session's
   * @throws IllegalStateException if the session ends within a page
   */
  public void adopt(int page, int[] tokens) {
    if (length % pages.pageTokens() != 0 || tokens.length != pages.pageTokens()) {
      throw new IllegalStateException(tokens.length + " tokens after " + length);
    }
    int index = length / pages.pageTokens();
    for (int i = index; i < table.length; i++) {
      pages.release(table[i]);
    }
    table = Arrays.copyOf(table, index + 1);
    table[index] = page;
    advanced(tokens, new float[0][], StepResult.UNKNOWN);
  }

  /** Pages it has, those reserved included. */
  public int pageCount() {
    return table.length;
  }

  /** The page that holds the positions from {@code index} times a page's tokens on. */
  public int page(int index) {
    return table[index];
  }

  /** Gives one of its pages back for another that holds the same. */
  public void exchange(int index, int page) {
    pages.release(table[index]);
    table[index] = page;
  }

  /** Counts tokens as part of the session; the last logits, if any, are those after them. */
  void advanced(int[] tokens, float[][] after, int token) {
    int count = tokens.length;
    if (history.length < length + count) {
      history = Arrays.copyOf(history, Math.max(length + count, 2 * history.length));
    }
    System.arraycopy(tokens, 0, history, length, count);
    length += count;
    logits = after.length == 0 ? new float[0] : after[after.length - 1];
    stepLogits = after;
    likeliest = token;
  }

  /** The session's tokens from the first on. */
  private int[] history() {
    return Arrays.copyOf(history, length);
  }

  /** Forgets all tokens from {@code newLength} on; the logits are empty until the next token. */
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException(newLength + " of " + length + " tokens");
    }
    int needed = Math.ceilDiv(newLength, pages.pageTokens());
    // from the last: whoever keeps pages must not drop one before those that follow it
    for (int i = table.length - 1; i >= needed; i--) {
      pages.release(table[i]);
    }
    table = Arrays.copyOf(table, needed);
    length = newLength;
    logits = new float[0];
    likeliest = StepResult.UNKNOWN;
  }

  /** Gives the session's pages back. */
  @Override
  public void close() {
    truncate(0);
  }
}
