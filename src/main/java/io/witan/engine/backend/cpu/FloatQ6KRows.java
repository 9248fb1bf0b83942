package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.INTS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Q6_K: 256 6-bit numbers, less 32, in sixteen groups with a signed byte as scale.
 *
 * <p>The loops for one, two and four rows are written out one by one, because the compiler keeps
 * vectors in registers only within one method without calls.
 */
final class FloatQ6KRows extends TiledRows {
  FloatQ6KRows() {
    super(TensorFormat.Q6_K);
  }

  @Override
  void decodeScales(MemorySegment w, long at, int columns, RowTile tile, int to) {
    for (int block = 0; block < columns / 256; block++) {
      long from = at + 210L * block;
      float scale = Float.float16ToFloat(w.get(Lanes.SHORT, from + 208));
      for (int i = 0; i < 16; i += COUNT) {
        var groups =
            ((FloatVector)
                    ByteVector.fromMemorySegment(BYTES, w, from + 192 + i, ORDER)
                        .castShape(FLOATS, 0))
                .mul(scale);
        groups.intoArray(tile.scales, to + 16 * block + i);
        groups.mul(-32).intoArray(tile.scales, to + RowTile.SECOND + 16 * block + i);
      }
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
    decodeScales(w, at, rowBytes, lines, columns, tile, 0);
    decodeScales(w, other, rowBytes, lines, columns, tile, RowTile.LINES / 2);
    one(w, at, rowBytes, lines, columns, tile.scales, tile.rows(), x, tile.sums, 0);
    one(
        w,
        other,
        rowBytes,
        lines,
        columns,
        tile.scales,
        tile.rows(),
        x,
        tile.sums,
        RowTile.LINES / 2);
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
      long rowBytes,
      int lines,
      int columns,
      float[] scales,
      MemorySegment rows,
      long x,
      float[] sums,
      int start) {
    var nibbles = IntVector.broadcast(INTS, 15);
    var bitPairs = IntVector.broadcast(INTS, 0x30);
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int own = (start + line) * RowTile.SCALES;
      int to = (start + line) * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var odd0 = FloatVector.zero(FLOATS);
      for (int part = 0; part < columns / 64; part++) {
        int side = part >> 1;
        int half = 16 * (part & 1);
        long from = at + 210L * (part >> 2);
        long nibblesAt = from + 64 * (side & 1) + half;
        long place = x + 512L * side + 4 * half;
        int scale = 8 * side + (part & 1);
        for (int j = 0; j < 16; j += COUNT, place += 4 * COUNT) {
          var near =
              ((IntVector)
                  ByteVector.fromMemorySegment(BYTES, w, nibblesAt + j, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var far =
              ((IntVector)
                  ByteVector.fromMemorySegment(BYTES, w, nibblesAt + j + 32, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var upper =
              ((IntVector)
                  ByteVector.fromMemorySegment(
                          BYTES, w, from + 128 + 32 * (side & 1) + half + j, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var weights =
              ((FloatVector)
                      near.and(nibbles)
                          .or(upper.lanewise(LSHL, 4).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale]));
          even0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place, ORDER), even0);
          weights =
              ((FloatVector)
                      far.and(nibbles)
                          .or(upper.lanewise(LSHL, 2).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 2]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 2]));
          odd0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER), odd0);
          weights =
              ((FloatVector)
                      near.lanewise(LSHR, 4)
                          .or(upper.and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 4]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 4]));
          even0 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 256, ORDER), even0);
          weights =
              ((FloatVector)
                      far.lanewise(LSHR, 4)
                          .or(upper.lanewise(LSHR, 2).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 6]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 6]));
          odd0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 384, ORDER), odd0);
        }
      }
      even0.add(odd0).intoArray(sums, to);
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
    var nibbles = IntVector.broadcast(INTS, 15);
    var bitPairs = IntVector.broadcast(INTS, 0x30);
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int own = line * RowTile.SCALES;
      int to = line * 2 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int part = 0; part < columns / 64; part++) {
        int side = part >> 1;
        int half = 16 * (part & 1);
        long from = at + 210L * (part >> 2);
        long nibblesAt = from + 64 * (side & 1) + half;
        long place = x + 1024L * side + 4 * half;
        int scale = 8 * side + (part & 1);
        for (int j = 0; j < 16; j += COUNT, place += 4 * COUNT) {
          var near =
              ((IntVector)
                  ByteVector.fromMemorySegment(BYTES, w, nibblesAt + j, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var far =
              ((IntVector)
                  ByteVector.fromMemorySegment(BYTES, w, nibblesAt + j + 32, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var upper =
              ((IntVector)
                  ByteVector.fromMemorySegment(
                          BYTES, w, from + 128 + 32 * (side & 1) + half + j, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var weights =
              ((FloatVector)
                      near.and(nibbles)
                          .or(upper.lanewise(LSHL, 4).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale]));
          even0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place, ORDER), even0);
          even1 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER), even1);
          weights =
              ((FloatVector)
                      far.and(nibbles)
                          .or(upper.lanewise(LSHL, 2).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 2]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 2]));
          odd0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 256, ORDER), odd0);
          odd1 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 384, ORDER), odd1);
          weights =
              ((FloatVector)
                      near.lanewise(LSHR, 4)
                          .or(upper.and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 4]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 4]));
          even0 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 512, ORDER), even0);
          even1 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 640, ORDER), even1);
          weights =
              ((FloatVector)
                      far.lanewise(LSHR, 4)
                          .or(upper.lanewise(LSHR, 2).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 6]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 6]));
          odd0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 768, ORDER), odd0);
          odd1 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 896, ORDER), odd1);
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
    var nibbles = IntVector.broadcast(INTS, 15);
    var bitPairs = IntVector.broadcast(INTS, 0x30);
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
      for (int part = 0; part < columns / 64; part++) {
        int side = part >> 1;
        int half = 16 * (part & 1);
        long from = at + 210L * (part >> 2);
        long nibblesAt = from + 64 * (side & 1) + half;
        long place = x + 2048L * side + 4 * half;
        int scale = 8 * side + (part & 1);
        for (int j = 0; j < 16; j += COUNT, place += 4 * COUNT) {
          var near =
              ((IntVector)
                  ByteVector.fromMemorySegment(BYTES, w, nibblesAt + j, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var far =
              ((IntVector)
                  ByteVector.fromMemorySegment(BYTES, w, nibblesAt + j + 32, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var upper =
              ((IntVector)
                  ByteVector.fromMemorySegment(
                          BYTES, w, from + 128 + 32 * (side & 1) + half + j, ORDER)
                      .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
          var weights =
              ((FloatVector)
                      near.and(nibbles)
                          .or(upper.lanewise(LSHL, 4).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale]));
          even0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place, ORDER), even0);
          even1 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER), even1);
          even2 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 256, ORDER), even2);
          even3 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 384, ORDER), even3);
          weights =
              ((FloatVector)
                      far.and(nibbles)
                          .or(upper.lanewise(LSHL, 2).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 2]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 2]));
          odd0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 512, ORDER), odd0);
          odd1 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 640, ORDER), odd1);
          odd2 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 768, ORDER), odd2);
          odd3 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 896, ORDER), odd3);
          weights =
              ((FloatVector)
                      near.lanewise(LSHR, 4)
                          .or(upper.and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 4]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 4]));
          even0 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 1024, ORDER), even0);
          even1 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 1152, ORDER), even1);
          even2 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 1280, ORDER), even2);
          even3 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 1408, ORDER), even3);
          weights =
              ((FloatVector)
                      far.lanewise(LSHR, 4)
                          .or(upper.lanewise(LSHR, 2).and(bitPairs))
                          .convert(VectorOperators.I2F, 0))
                  .fma(
                      FloatVector.broadcast(FLOATS, scales[own + scale + 6]),
                      FloatVector.broadcast(FLOATS, scales[own + RowTile.SECOND + scale + 6]));
          odd0 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 1536, ORDER), odd0);
          odd1 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 1664, ORDER), odd1);
          odd2 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 1792, ORDER), odd2);
          odd3 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 1920, ORDER), odd3);
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + COUNT);
      even2.add(odd2).intoArray(sums, to + 2 * COUNT);
      even3.add(odd3).intoArray(sums, to + 3 * COUNT);
    }
  }
}
