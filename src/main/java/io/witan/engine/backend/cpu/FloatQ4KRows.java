package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.INTS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;

import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Q4_K: 256 nibbles in eight groups, each with a 6-bit scale and minimum. */
final class FloatQ4KRows extends TiledRows {
  /** What nibbles have too much, group by group, while they are bits of a float. */
  private static final float[] BIAS = {256, 16, 256, 16, 256, 16, 256, 16};

  FloatQ4KRows() {
    super(TensorFormat.Q4_K);
  }

  @Override
  void decodeScales(MemorySegment w, long at, int columns, RowTile tile, int to) {
    var bias = FloatVector.fromArray(Quants.FLOATS, BIAS, 0);
    for (int block = 0; block < columns / 256; block++) {
      var scales = Q4KScales.scales(w, at + 144L * block);
      scales.intoArray(tile.scales, to + 8 * block);
      scales
          .fma(bias, Q4KScales.minimums(w, at + 144L * block))
          .neg()
          .intoArray(tile.scales, to + RowTile.SECOND + 8 * block);
    }
  }

  @Override
  void one(
      MemorySegment w,
      long at,
      long other,
      long rowBytes,
      int lines,
      int columns,
      RowTile tile,
      long x) {
    one(w, at, other, rowBytes, lines, columns, tile.scales, tile.rows(), x, tile.sums);
  }

  @Override
  void two(MemorySegment w, long at, long rowBytes, int lines, int columns, RowTile tile, long x) {
    two(w, at, rowBytes, lines, columns, tile.scales, tile.rows(), x, tile.sums);
  }

  @Override
  void four(MemorySegment w, long at, long rowBytes, int lines, int columns, RowTile tile, long x) {
    four(w, at, rowBytes, lines, columns, tile.scales, tile.rows(), x, tile.sums);
  }

  private static void one(
      MemorySegment w,
      long at,
      long other,
      long rowBytes,
      int lines,
      int columns,
      float[] scales,
      MemorySegment rows,
      long x,
      float[] sums) {
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowBits = IntVector.broadcast(INTS, TWO_FIFTY_SIX);
    var highBits = IntVector.broadcast(INTS, SIXTEEN);
    for (int line = 0; line < lines; line++, at += rowBytes, other += rowBytes) {
      int own = line * RowTile.SCALES;
      int next = own + RowTile.LINES / 2 * RowTile.SCALES;
      int to = line * COUNT;
      int beyond = to + RowTile.LINES / 2 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, beyond);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int group = 0; group < columns / 32; group += 2) {
        long from = 16 * group + 16 * (group >> 3) + 16;
        long place = x + 128L * group;
        for (int j = 0; j < 32; j += COUNT) {
          var lower = FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j, ORDER);
          var upper = FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 128, ORDER);
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, w, at + from + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          even0 =
              pairs
                  .and(lowMask)
                  .or(lowBits)
                  .reinterpretAsFloats()
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + group]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + group]))
                  .fma(lower, even0);
          odd0 =
              pairs
                  .and(highMask)
                  .or(highBits)
                  .reinterpretAsFloats()
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + group + 1]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + group + 1]))
                  .fma(upper, odd0);
          pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, w, other + from + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          even1 =
              pairs
                  .and(lowMask)
                  .or(lowBits)
                  .reinterpretAsFloats()
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[next + group]),
                      FloatVector.broadcast(FLOATS, scales[next + RowTile.SECOND + group]))
                  .fma(lower, even1);
          odd1 =
              pairs
                  .and(highMask)
                  .or(highBits)
                  .reinterpretAsFloats()
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[next + group + 1]),
                      FloatVector.broadcast(FLOATS, scales[next + RowTile.SECOND + group + 1]))
                  .fma(upper, odd1);
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, beyond);
    }
  }

  private static void two(
      MemorySegment w,
      long at,
      long rowBytes,
      int lines,
      int columns,
      float[] scales,
      MemorySegment rows,
      long x,
      float[] sums) {
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowBits = IntVector.broadcast(INTS, TWO_FIFTY_SIX);
    var highBits = IntVector.broadcast(INTS, SIXTEEN);
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int own = line * RowTile.SCALES;
      int to = line * 2 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int group = 0; group < columns / 32; group += 2) {
        long from = at + 16 * group + 16 * (group >> 3) + 16;
        long place = x + 256L * group;
        var lowScale = FloatVector.broadcast(FLOATS, scales[own + group]);
        var highScale = FloatVector.broadcast(FLOATS, scales[own + group + 1]);
        var lowLess = FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + group]);
        var highLess = FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + group + 1]);
        for (int j = 0; j < 32; j += COUNT) {
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, w, from + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low = pairs.and(lowMask).or(lowBits).reinterpretAsFloats().fma(lowScale, lowLess);
          var high =
              pairs.and(highMask).or(highBits).reinterpretAsFloats().fma(highScale, highLess);
          even0 = low.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j, ORDER), even0);
          odd0 =
              high.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 256, ORDER), odd0);
          even1 =
              low.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 128, ORDER), even1);
          odd1 =
              high.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 384, ORDER), odd1);
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + COUNT);
    }
  }

  private static void four(
      MemorySegment w,
      long at,
      long rowBytes,
      int lines,
      int columns,
      float[] scales,
      MemorySegment rows,
      long x,
      float[] sums) {
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowBits = IntVector.broadcast(INTS, TWO_FIFTY_SIX);
    var highBits = IntVector.broadcast(INTS, SIXTEEN);
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int own = line * RowTile.SCALES;
      int to = line * 4 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var even2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var even3 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      var odd2 = odd0;
      var odd3 = odd0;
      for (int group = 0; group < columns / 32; group += 2) {
        long from = at + 16 * group + 16 * (group >> 3) + 16;
        long place = x + 512L * group;
        var lowScale = FloatVector.broadcast(FLOATS, scales[own + group]);
        var highScale = FloatVector.broadcast(FLOATS, scales[own + group + 1]);
        var lowLess = FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + group]);
        var highLess = FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + group + 1]);
        for (int j = 0; j < 32; j += COUNT) {
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, w, from + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low = pairs.and(lowMask).or(lowBits).reinterpretAsFloats().fma(lowScale, lowLess);
          var high =
              pairs.and(highMask).or(highBits).reinterpretAsFloats().fma(highScale, highLess);
          even0 = low.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j, ORDER), even0);
          odd0 =
              high.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 512, ORDER), odd0);
          even1 =
              low.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 128, ORDER), even1);
          odd1 =
              high.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 640, ORDER), odd1);
          even2 =
              low.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 256, ORDER), even2);
          odd2 =
              high.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 768, ORDER), odd2);
          even3 =
              low.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 384, ORDER), even3);
          odd3 =
              high.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 896, ORDER), odd3);
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + COUNT);
      even2.add(odd2).intoArray(sums, to + 2 * COUNT);
      even3.add(odd3).intoArray(sums, to + 3 * COUNT);
    }
  }
}
