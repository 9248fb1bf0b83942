package io.witan.engine.backend.cpu;

import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Rope;

/** The angle per position of each pair of a rotation. */
final class RopeTable {
  private RopeTable() {}

  /** {@code [dimensions / 2]} angles of position 1. */
  static double[] anglesOf(Rope rope, Weights weights) {
    var angles = new double[rope.dimensions() / 2];
    var factors = rope.factors();
    float[] divisors = factors == null ? null : BlockDecoder.decodeAll(weights.get(factors.name()));
    for (int i = 0; i < angles.length; i++) {
      double angle = rope.scaleOf(i) * Math.pow(rope.base(), -2.0 * i / rope.dimensions());
      angles[i] = divisors == null ? angle : angle / divisors[i];
    }
    return angles;
  }
}
