package io.witan.engine;

import io.witan.engine.gguf.GgufFile;

/**
 * How many numbers a model has.
 *
 * @param total elements of all tensors
 * @param active of these, the ones that one token meets: of the experts only those used
 */
record ParameterCount(long total, long active) {
  /** Counts the tensors of a file. */
  static ParameterCount of(GgufFile file, int experts, int expertsUsed) {
    long total = 0;
    long active = 0;
    for (var tensor : file.tensors()) {
      long elements = tensor.shape().elements();
      boolean perExpert = experts > 0 && tensor.name().contains("_exps.");
      total += elements;
      active += perExpert ? elements / experts * expertsUsed : elements;
    }
    return new ParameterCount(total, active);
  }
}
