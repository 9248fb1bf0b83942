package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;

import io.witan.engine.backend.LowRank;
import jdk.incubator.vector.FloatVector;

/** What an adapter adds to one row; the same whatever rows come along. */
final class LowRankMath {
  private LowRankMath() {}

  /** out += scale · B · A · x of one of the matrices. */
  static void add(LowRank change, int index, float[] x, int at, float[] out, int to) {
    var narrow = new float[change.rank()];
    int from = index * change.rank() * change.columns();
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = dot(change.a(), from + i * change.columns(), x, at, change.columns());
    }
    widen(change, index, narrow, out, to);
  }

  /** out += scale · B · (row of A). */
  static void addEmbedding(LowRank change, int token, float[] out, int to) {
    var narrow = new float[change.rank()];
    System.arraycopy(change.a(), token * change.rank(), narrow, 0, narrow.length);
    widen(change, 0, narrow, out, to);
  }

  private static void widen(LowRank change, int index, float[] narrow, float[] out, int to) {
    int from = index * change.rows() * change.rank();
    for (int row = 0; row < change.rows(); row++) {
      float sum = dot(change.b(), from + row * change.rank(), narrow, 0, change.rank());
      out[to + row] += change.scale() * sum;
    }
  }

  private static float dot(float[] a, int at, float[] b, int from, int count) {
    var sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i + COUNT <= count; i += COUNT) {
      sum =
          FloatVector.fromArray(FLOATS, a, at + i)
              .fma(FloatVector.fromArray(FLOATS, b, from + i), sum);
    }
    float rest = 0;
    for (; i < count; i++) {
      rest = Math.fma(a[at + i], b[from + i], rest);
    }
    return Lanes.sum(sum, new float[COUNT]) + rest;
  }
}
