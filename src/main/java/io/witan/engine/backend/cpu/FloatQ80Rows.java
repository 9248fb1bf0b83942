package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;

import io.witan.engine.tensor.TensorFormat;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/** Q8_0: blocks of 32 signed bytes behind a half-float scale. */
final class FloatQ80Rows extends TiledRows {
  FloatQ80Rows() {
    super(TensorFormat.Q8_0);
  }

  @Override
  void decodeScales(MemorySegment w, long at, int columns, RowTile tile, int to) {}

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
    for (int line = 0; line < lines; line++, at += rowBytes, other += rowBytes) {
      int to = line * COUNT;
      int beyond = to + RowTile.LINES / 2 * COUNT;
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, beyond);
      for (int block = 0; block < columns / 32; block++) {
        long from0 = at + 34L * block;
        long from1 = other + 34L * block;
        long place = x + 128L * block;
        var part0 = FloatVector.zero(FLOATS);
        var part1 = part0;
        for (int j = 0; j < 32; j += COUNT) {
          var activations = FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j, ORDER);
          part0 =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from0 + 2 + j, ORDER)
                          .castShape(FLOATS, 0))
                  .fma(activations, part0);
          part1 =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from1 + 2 + j, ORDER)
                          .castShape(FLOATS, 0))
                  .fma(activations, part1);
        }
        sum0 =
            part0.fma(
                FloatVector.broadcast(FLOATS, Float.float16ToFloat(w.get(Lanes.SHORT, from0))),
                sum0);
        sum1 =
            part1.fma(
                FloatVector.broadcast(FLOATS, Float.float16ToFloat(w.get(Lanes.SHORT, from1))),
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
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int to = line * 2 * COUNT;
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      for (int block = 0; block < columns / 32; block++) {
        long from = at + 34L * block;
        long place = x + 256L * block;
        var part0 = FloatVector.zero(FLOATS);
        var part1 = part0;
        for (int j = 0; j < 32; j += COUNT, place += 4 * COUNT) {
          var weights =
              ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, from + 2 + j, ORDER).castShape(FLOATS, 0));
          part0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place, ORDER), part0);
          part1 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER), part1);
        }
        var scale = FloatVector.broadcast(FLOATS, Float.float16ToFloat(w.get(Lanes.SHORT, from)));
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
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int to = line * 4 * COUNT;
      var sum0 = FloatVector.fromArray(FLOATS, sums, to);
      var sum1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var sum2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var sum3 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
      for (int block = 0; block < columns / 32; block++) {
        long from = at + 34L * block;
        long place = x + 512L * block;
        var part0 = FloatVector.zero(FLOATS);
        var part1 = part0;
        var part2 = part0;
        var part3 = part0;
        for (int j = 0; j < 32; j += COUNT, place += 4 * COUNT) {
          var weights =
              ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, w, from + 2 + j, ORDER).castShape(FLOATS, 0));
          part0 = weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place, ORDER), part0);
          part1 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 128, ORDER), part1);
          part2 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 256, ORDER), part2);
          part3 =
              weights.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 384, ORDER), part3);
        }
        var scale = FloatVector.broadcast(FLOATS, Float.float16ToFloat(w.get(Lanes.SHORT, from)));
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
