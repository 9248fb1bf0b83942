package io.witan.engine.backend.tornado;

/**
 * Where things lie in the array that tells kernels about a step. What changes from step to step is
 * never a kernel argument: TornadoVM compiles those in.
 */
final class Step {
  /** Token rows of one launch; longer steps run in several. */
  static final int MAX_ROWS = 64;

  /** Parts into which attention cuts a context, at most. */
  static final int MAX_SPLITS = 32;

  static final int ROWS = 0;
  static final int LOGIT_ROWS = 1;

  /** Parts of the row that has most of them: what the groups of attention are counted by. */
  static final int SPLITS = 2;

  static final int TOKENS = 8;
  static final int POSITIONS = TOKENS + MAX_ROWS;

  /** For each row where the pages of its sequence begin in the page tables. */
  static final int TABLES = POSITIONS + MAX_ROWS;

  static final int WANTED = TABLES + MAX_ROWS;

  /** Each row's adapter, 0 for none. */
  static final int ADAPTERS = WANTED + MAX_ROWS;

  static final int SIZE = ADAPTERS + MAX_ROWS;

  private Step() {}
}
