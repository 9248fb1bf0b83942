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

/** Q4_0: blocks of 32 nibbles, less 8, behind a half-float scale. */
final class FloatQ40Rows extends TiledRows {
  FloatQ40Rows() {
    super(TensorFormat.Q4_0);
  }

  @Override
  void decodeScales(MemorySegment w, long at, int columns, RowTile tile, int to) {}

  @Override
  void pack(RowTile tile, RowInput in, Rows rows, int width, int columns) {
    tile.pack(in, rows, width, columns, -(256 + 8), -(16 + 8));
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
    one(w, at, other, rowBytes, lines, columns, tile.rows(), x, tile.sums);
  }

  @Override
  void two(MemorySegment w, long at, long rowBytes, int lines, int columns, RowTile tile, long x) {
    two(w, at, rowBytes, lines, columns, tile.rows(), x, tile.sums);
  }

  @Override
  void four(MemorySegment w, long at, long rowBytes, int lines, int columns, RowTile tile, long x) {
    four(w, at, rowBytes, lines, columns, tile.rows(), x, tile.sums);
  }

  private static void one(
      MemorySegment w,
      long at,
      long other,
      long rowBytes,
      int lines,
      int columns,
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
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, beyond);
      for (int block = 0; block < columns / 32; block++) {
        long from0 = at + 18L * block + 2;
        long from1 = other + 18L * block + 2;
        long place = x + RowTile.OFFSET_BYTES * block;
        var part0 = FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER);
        var part1 = part0;
        for (int j = 0; j < 16; j += COUNT) {
          var lower = FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j, ORDER);
          var upper = FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 64, ORDER);
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, w, from0 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          part0 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats().fma(lower, part0);
          part0 = pairs.and(highMask).or(highBits).reinterpretAsFloats().fma(upper, part0);
          pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, w, from1 + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          part1 = pairs.and(lowMask).or(lowBits).reinterpretAsFloats().fma(lower, part1);
          part1 = pairs.and(highMask).or(highBits).reinterpretAsFloats().fma(upper, part1);
        }
        sum0 =
            part0.fma(
                IntVector.broadcast(INTS, w.get(Lanes.SHORT, from0 - 2) << 13 & 0x8FFFE000)
                    .reinterpretAsFloats()
                    .mul(0x1p112f),
                sum0);
        sum1 =
            part1.fma(
                IntVector.broadcast(INTS, w.get(Lanes.SHORT, from1 - 2) << 13 & 0x8FFFE000)
                    .reinterpretAsFloats()
                    .mul(0x1p112f),
                sum1);
      }
      sum0.intoArray(sums, to);
      sum1.intoArray(sums, beyond);
    }
  }

  private static void two(
      MemorySegment w,
      long at,
      long rowBytes,
      int lines,
      int columns,
      MemorySegment rows,
      long x,
      float[] sums) {
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowBits = IntVector.broadcast(INTS, TWO_FIFTY_SIX);
    var highBits = IntVector.broadcast(INTS, SIXTEEN);
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int to = line * 2 * COUNT;
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      for (int block = 0; block < columns / 32; block++) {
        long from = at + 18L * block + 2;
        long place = x + 2L * RowTile.OFFSET_BYTES * block;
        var scale =
            IntVector.broadcast(INTS, w.get(Lanes.SHORT, from - 2) << 13 & 0x8FFFE000)
                .reinterpretAsFloats()
                .mul(0x1p112f);
        var part0 = FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER);
        var part1 =
            FloatVector.fromMemorySegment(FLOATS, rows, place + RowTile.OFFSET_BYTES + 128, ORDER);
        for (int j = 0; j < 16; j += COUNT, place += 4 * COUNT) {
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, w, from + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low = pairs.and(lowMask).or(lowBits).reinterpretAsFloats();
          var high = pairs.and(highMask).or(highBits).reinterpretAsFloats();
          part0 = low.fma(FloatVector.fromMemorySegment(FLOATS, rows, place, ORDER), part0);
          part0 = high.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 64, ORDER), part0);
          part1 =
              low.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + RowTile.OFFSET_BYTES, ORDER),
                  part1);
          part1 =
              high.fma(
                  FloatVector.fromMemorySegment(
                      FLOATS, rows, place + RowTile.OFFSET_BYTES + 64, ORDER),
                  part1);
        }
        sum0 = part0.fma(scale, sum0);
        sum1 = part1.fma(scale, sum1);
      }
      sum0.intoArray(sums, to);
      sum1.intoArray(sums, to + COUNT);
    }
  }

  private static void four(
      MemorySegment w,
      long at,
      long rowBytes,
      int lines,
      int columns,
      MemorySegment rows,
      long x,
      float[] sums) {
    var lowMask = IntVector.broadcast(INTS, LOW_NIBBLES);
    var highMask = IntVector.broadcast(INTS, HIGH_NIBBLES);
    var lowBits = IntVector.broadcast(INTS, TWO_FIFTY_SIX);
    var highBits = IntVector.broadcast(INTS, SIXTEEN);
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int to = line * 4 * COUNT;
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var sum2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var sum3 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
      for (int block = 0; block < columns / 32; block++) {
        long from = at + 18L * block + 2;
        long place = x + 4L * RowTile.OFFSET_BYTES * block;
        var scale =
            IntVector.broadcast(INTS, w.get(Lanes.SHORT, from - 2) << 13 & 0x8FFFE000)
                .reinterpretAsFloats()
                .mul(0x1p112f);
        var part0 = FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER);
        var part1 =
            FloatVector.fromMemorySegment(FLOATS, rows, place + RowTile.OFFSET_BYTES + 128, ORDER);
        var part2 =
            FloatVector.fromMemorySegment(
                FLOATS, rows, place + 2 * RowTile.OFFSET_BYTES + 128, ORDER);
        var part3 =
            FloatVector.fromMemorySegment(
                FLOATS, rows, place + 3 * RowTile.OFFSET_BYTES + 128, ORDER);
        for (int j = 0; j < 16; j += COUNT, place += 4 * COUNT) {
          var pairs =
              ((IntVector)
                      ByteVector.fromMemorySegment(BYTES, w, from + j, ORDER)
                          .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0))
                  .lanewise(VectorOperators.LSHL, 15);
          var low = pairs.and(lowMask).or(lowBits).reinterpretAsFloats();
          var high = pairs.and(highMask).or(highBits).reinterpretAsFloats();
          part0 = low.fma(FloatVector.fromMemorySegment(FLOATS, rows, place, ORDER), part0);
          part0 = high.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 64, ORDER), part0);
          part1 =
              low.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + RowTile.OFFSET_BYTES, ORDER),
                  part1);
          part1 =
              high.fma(
                  FloatVector.fromMemorySegment(
                      FLOATS, rows, place + RowTile.OFFSET_BYTES + 64, ORDER),
                  part1);
          part2 =
              low.fma(
                  FloatVector.fromMemorySegment(
                      FLOATS, rows, place + 2 * RowTile.OFFSET_BYTES, ORDER),
                  part2);
          part2 =
              high.fma(
                  FloatVector.fromMemorySegment(
                      FLOATS, rows, place + 2 * RowTile.OFFSET_BYTES + 64, ORDER),
                  part2);
          part3 =
              low.fma(
                  FloatVector.fromMemorySegment(
                      FLOATS, rows, place + 3 * RowTile.OFFSET_BYTES, ORDER),
                  part3);
          part3 =
              high.fma(
                  FloatVector.fromMemorySegment(
                      FLOATS, rows, place + 3 * RowTile.OFFSET_BYTES + 64, ORDER),
                  part3);
        }
        sum0 = part0.fma(scale, sum0);
        sum1 = part1.fma(scale, sum1);
        sum2 = part2.fma(scale, sum2);
        sum3 = part3.fma(scale, sum3);
      }
      sum0.intoArray(sums, to);
      sum1.intoArray(sums, to + COUNT);
      sum2.intoArray(sums, to + 2 * COUNT);
      sum3.intoArray(sums, to + 3 * COUNT);
    }
  }
}
