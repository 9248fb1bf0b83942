package io.witan.engine.conversion;

/**
 * Where a tensor of the file comes from.
 *
 * @param source its name in the checkpoint; {@code #} stands for the layer, {@code *} for the
 *     expert
 * @param target its name in the file
 * @param required whether a model without the target is damaged; another rule may give it too
 * @param layers which layers have it
 */
record Rule(String source, String target, Change change, boolean required, Layers layers) {
  /** Some families begin with layers without experts. */
  enum Layers {
    ALL,
    LEADING,
    LATER
  }

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
    SPLIT_TRANSPOSED,
    /** For each key head its query heads, it, and its values: the queries, turned as QUERIES. */
    GROUPED_QUERIES,
    GROUPED_KEYS,
    GROUPED_VALUES
  }

  static Rule of(String source, String target) {
    return new Rule(source, target, Change.NONE, true, Layers.ALL);
  }

  static Rule of(String source, String target, Change change) {
    return new Rule(source, target, change, true, Layers.ALL);
  }

  static Rule maybe(String source, String target) {
    return new Rule(source, target, Change.NONE, false, Layers.ALL);
  }

  Rule with(Change other) {
    return new Rule(source, target, other, required, layers);
  }

  Rule in(Layers some) {
    return new Rule(source, target, change, required, some);
  }

  /** Whether a layer has it, {@code leading} layers being those that come first. */
  boolean holds(int layer, int leading) {
    return switch (layers) {
      case ALL -> true;
      case LEADING -> layer < leading;
      case LATER -> layer >= leading;
    };
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
