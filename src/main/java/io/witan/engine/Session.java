package io.witan.engine;

import io.witan.engine.backend.CachePages;
import io.witan.engine.backend.StepBatch;
import java.util.Arrays;
import java.util.List;

/** One sequence of tokens and what the model keeps of it. Not for several threads at once. */
public final class Session implements AutoCloseable {
  private final LanguageModel model;
  private final CachePages pages;
  private final int limit;
  private int[] table = {};
  private int length;
  private float[] logits = {};
  private int[] history = {};

  Session(LanguageModel model, CachePages pages, int limit) {
    this.model = model;
    this.pages = pages;
    this.limit = limit;
  }

  /** Tokens so far. */
  public int length() {
    return length;
  }

  /** The logits after the last token, of vocabulary size; empty before the first. */
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
    advanced(new int[tokens], 0, tokens, logits);
  }

  /** Whether no further token fits. */
  boolean isFull() {
    return length >= limit;
  }

  /**
   * Generates after what was appended; the last token generated is not yet part of the session.
   *
   * @param maxTokens tokens at most
   * @throws IllegalStateException if nothing was appended
   */
  public FinishReason generate(SamplingOptions options, int maxTokens, TokenSink sink) {
    if (logits.length == 0) {
      throw new IllegalStateException("generation needs a prompt");
    }
    return new Generation(this, model.tokenizer(), options, history()).run(maxTokens, sink);
  }

  private float[][] append(int[] tokens, boolean all) {
    var collected = new float[all ? tokens.length : 0][];
    for (int from = 0; from < tokens.length; from += LanguageModel.MAX_ROWS) {
      int rows = Math.min(LanguageModel.MAX_ROWS, tokens.length - from);
      boolean last = from + rows == tokens.length;
      var result = step(Arrays.copyOfRange(tokens, from, from + rows), all, last);
      if (all) {
        System.arraycopy(result, 0, collected, from, rows);
      }
      advanced(tokens, from, rows, result.length == 0 ? logits : result[result.length - 1]);
    }
    return collected;
  }

  private float[][] step(int[] tokens, boolean all, boolean last) {
    int rows = tokens.length;
    var positions = new int[rows];
    Arrays.setAll(positions, i -> length + i);
    int[] wanted = {};
    if (all) {
      wanted = new int[rows];
      Arrays.setAll(wanted, i -> i);
    } else if (last) {
      wanted = new int[] {rows - 1};
    }
    int[][] tables = {reserve(rows)};
    return model
        .run(new StepBatch(tokens, positions, new int[rows], tables, rows, wanted))
        .logits();
  }

  /** Makes room for {@code tokens} more and gives the pages of the session. */
  int[] reserve(int tokens) {
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

  /** Counts {@code count} of {@code tokens}, the first at {@code from}, as part of the session. */
  void advanced(int[] tokens, int from, int count, float[] after) {
    if (history.length < length + count) {
      history = Arrays.copyOf(history, Math.max(length + count, 2 * history.length));
    }
    System.arraycopy(tokens, from, history, length, count);
    length += count;
    logits = after;
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
    for (int i = needed; i < table.length; i++) {
      pages.release(table[i]);
    }
    table = Arrays.copyOf(table, needed);
    length = newLength;
    logits = new float[0];
  }

  /** Gives the session's pages back. */
  @Override
  public void close() {
    truncate(0);
  }
}
