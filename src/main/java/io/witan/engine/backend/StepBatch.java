package io.witan.engine.backend;

/**
 * Token rows of several sequences that run together. Rows of prompts come first, rows of generated
 * tokens after them; rows of one sequence are in the order of their positions.
 *
 * <p>A back end may multiply the two kinds differently (prompts through float panels, generated
 * tokens straight from the blocks of weights), but never depending on which other rows are there.
 *
 * @param tokens each row's token
 * @param positions each row's position in its sequence, 0-based
 * @param slots each row's index into {@code pageTables}
 * @param pageTables for each sequence the pages of the cache that hold its positions, in order
 * @param adapters each row's adapter, 0 for none
 * @param promptRows how many rows, from the first, belong to prompts
 * @param logitRows rows whose logits are wanted, ascending
 * @param likeliest for each of these whether its likeliest token is enough; a back end may give the
 *     logits all the same
 */
public record StepBatch(
    int[] tokens,
    int[] positions,
    int[] slots,
    int[][] pageTables,
    int[] adapters,
    int promptRows,
    int[] logitRows,
    boolean[] likeliest) {

  public StepBatch {
    if (tokens.length != positions.length
        || tokens.length != slots.length
        || tokens.length != adapters.length) {
      throw new IllegalArgumentException("tokens, positions, slots and adapters differ in length");
    }
    if (promptRows < 0 || promptRows > tokens.length) {
      throw new IllegalArgumentException(promptRows + " prompt rows of " + tokens.length);
    }
  }

  /** A batch whose logits are all wanted. */
  public StepBatch(
      int[] tokens,
      int[] positions,
      int[] slots,
      int[][] pageTables,
      int[] adapters,
      int promptRows,
      int[] logitRows) {
    this(
        tokens,
        positions,
        slots,
        pageTables,
        adapters,
        promptRows,
        logitRows,
        new boolean[logitRows.length]);
  }

  /** A batch without adapters. */
  public StepBatch(
      int[] tokens,
      int[] positions,
      int[] slots,
      int[][] pageTables,
      int promptRows,
      int[] logitRows) {
    this(tokens, positions, slots, pageTables, new int[tokens.length], promptRows, logitRows);
  }

  /** Token rows. */
  public int rows() {
    return tokens.length;
  }
}
