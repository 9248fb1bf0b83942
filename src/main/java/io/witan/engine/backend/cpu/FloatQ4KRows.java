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
    int less = to + RowTile.SECOND;
    Q4KScales.decode(w, at, columns / 256, tile.scales, to, less);
    var bias = FloatVector.fromArray(Quants.FLOATS, BIAS, 0);
    for (int i = 0; i < columns / 32; i += 8) {
      FloatVector.fromArray(Quants.FLOATS, tile.scales, to + i)
          .fma(bias, FloatVector.fromArray(Quants.FLOATS, tile.scales, less + i))
          .neg()
          .intoArray(tile.scales, less + i);
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

  /** Writes a block's scales, and what is to be added eight later: a call, not part of the loop. */
  private static void decodeBlock(MemorySegment w, long at, float[] scales, int to) {
    Q4KScales.decode(w, at, 1, scales, to, to + 8);
    FloatVector.fromArray(Quants.FLOATS, scales, to)
        .fma(
            FloatVector.fromArray(Quants.FLOATS, BIAS, 0),
            FloatVector.fromArray(Quants.FLOATS, scales, to + 8))
        .neg()
        .intoArray(scales, to + 8);
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
      int to = line * COUNT;
      int beyond = to + RowTile.LINES / 2 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, beyond);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int block = 0; block < columns / 256; block++) {
        long from0 = at + 144L * block;
        long from1 = other + 144L * block;
        decodeBlock(w, from0, scales, 0);
        decodeBlock(w, from1, scales, 16);
        for (int group = 0; group < 8; group += 2) {
          long place = x + 128L * (8 * block + group);
          for (int j = 0; j < 32; j += COUNT, place += 4 * COUNT) {
            var lower = FloatVector.fromMemorySegment(FLOATS, rows, place, ORDER);
            var upper = FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER);
            var pairs =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, w, from0 + 16 + 16 * group + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 15);
            even0 =
                pairs
                    .and(lowMask)
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[8 + group]))
                    .fma(lower, even0);
            odd0 =
                pairs
                    .and(highMask)
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 1]),
                        FloatVector.broadcast(FLOATS, scales[9 + group]))
                    .fma(upper, odd0);
            pairs =
                ((IntVector)
                        ByteVector.fromMemorySegment(BYTES, w, from1 + 16 + 16 * group + j, ORDER)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                    .lanewise(VectorOperators.LSHL, 15);
            even1 =
                pairs
                    .and(lowMask)
                    .or(lowBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[16 + group]),
                        FloatVector.broadcast(FLOATS, scales[24 + group]))
                    .fma(lower, even1);
            odd1 =
                pairs
                    .and(highMask)
                    .or(highBits)
                    .reinterpretAsFloats()
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[17 + group]),
                        FloatVector.broadcast(FLOATS, scales[25 + group]))
                    .fma(upper, odd1);
          }
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
