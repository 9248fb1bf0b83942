package io.witan.engine.conversion;

/**
 * Where a tensor of the file comes from.
 *
 * @param source its name in the checkpoint; {@code #} stands for the layer, {@code *} for the
 *     expert
 * @param target its name in the file
 * @param required whether a model without the target is damaged; another rule may give it too
 */
record Rule(String source, String target, Change change, boolean required) {
  /** What is done to the weights. */
  enum Change {
    NONE,
    /** Query heads whose halves turn together are put so that neighbours do. */
    QUERIES,
    /** The same for keys. */
    KEYS,
    /** The family applies one plus what is stored. */
    PLUS_ONE,
    /** Experts, each a tensor of its own, become one. */
    STACK,
    /** The first half of the rows, of each expert or of the matrix. */
    FIRST_HALF,
    SECOND_HALF,
    /** Experts lie under each other in one matrix. */
    SPLIT,
    /** As {@code SPLIT}, and each is stored [in, out]. */
    SPLIT_TRANSPOSED
  }

  static Rule of(String source, String target) {
    return new Rule(source, target, Change.NONE, true);
  }

  static Rule of(String source, String target, Change change) {
    return new Rule(source, target, change, true);
  }

  static Rule maybe(String source, String target) {
    return new Rule(source, target, Change.NONE, false);
  }

  Rule with(Change other) {
    return new Rule(source, target, other, required);
  }

  boolean isOfLayers() {
    return target.indexOf('#') >= 0;
  }

  String source(int layer) {
    return source.replace("#", Integer.toString(layer));
  }

  String target(int layer) {
    return target.replace("#", Integer.toString(layer));
  }
}
