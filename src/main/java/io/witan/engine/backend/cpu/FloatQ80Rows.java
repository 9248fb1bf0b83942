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
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, beyond);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int block = 0; block < columns / 32; block++) {
        long from0 = at + 34L * block + 2;
        long from1 = other + 34L * block + 2;
        long place = x + 128L * block;
        var scale0 =
            IntVector.broadcast(INTS, w.get(Lanes.SHORT, from0 - 2) << 13 & 0x8FFFE000)
                .reinterpretAsFloats()
                .mul(0x1p112f);
        var scale1 =
            IntVector.broadcast(INTS, w.get(Lanes.SHORT, from1 - 2) << 13 & 0x8FFFE000)
                .reinterpretAsFloats()
                .mul(0x1p112f);
        for (int j = 0; j < 16; j += COUNT) {
          var activations = FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j, ORDER);
          even0 =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from0 + j, ORDER).castShape(FLOATS, 0))
                  .mul(scale0)
                  .fma(activations, even0);
          even1 =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from1 + j, ORDER).castShape(FLOATS, 0))
                  .mul(scale1)
                  .fma(activations, even1);
          activations = FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 64, ORDER);
          odd0 =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from0 + j + 16, ORDER)
                          .castShape(FLOATS, 0))
                  .mul(scale0)
                  .fma(activations, odd0);
          odd1 =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from1 + j + 16, ORDER)
                          .castShape(FLOATS, 0))
                  .mul(scale1)
                  .fma(activations, odd1);
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
      MemorySegment rows,
      long x,
      float[] sums) {
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int to = line * 2 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int block = 0; block < columns / 32; block++) {
        long from = at + 34L * block + 2;
        long place = x + 256L * block;
        var scale =
            IntVector.broadcast(INTS, w.get(Lanes.SHORT, from - 2) << 13 & 0x8FFFE000)
                .reinterpretAsFloats()
                .mul(0x1p112f);
        for (int j = 0; j < 16; j += COUNT) {
          var first =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from + j, ORDER).castShape(FLOATS, 0))
                  .mul(scale);
          var second =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from + j + 16, ORDER)
                          .castShape(FLOATS, 0))
                  .mul(scale);
          even0 =
              first.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j, ORDER), even0);
          odd0 =
              second.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 64, ORDER), odd0);
          even1 =
              first.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 128, ORDER), even1);
          odd1 =
              second.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 192, ORDER), odd1);
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
      MemorySegment rows,
      long x,
      float[] sums) {
    for (int line = 0; line < lines; line++, at += rowBytes) {
      int to = line * 4 * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, to + COUNT);
      var even2 = FloatVector.fromArray(FLOATS, sums, to + 2 * COUNT);
      var even3 = FloatVector.fromArray(FLOATS, sums, to + 3 * COUNT);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      var odd2 = odd0;
      var odd3 = odd0;
      for (int block = 0; block < columns / 32; block++) {
        long from = at + 34L * block + 2;
        long place = x + 512L * block;
        var scale =
            IntVector.broadcast(INTS, w.get(Lanes.SHORT, from - 2) << 13 & 0x8FFFE000)
                .reinterpretAsFloats()
                .mul(0x1p112f);
        for (int j = 0; j < 16; j += COUNT) {
          var first =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from + j, ORDER).castShape(FLOATS, 0))
                  .mul(scale);
          var second =
              ((FloatVector)
                      ByteVector.fromMemorySegment(BYTES, w, from + j + 16, ORDER)
                          .castShape(FLOATS, 0))
                  .mul(scale);
          even0 =
              first.fma(FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j, ORDER), even0);
          odd0 =
              second.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 64, ORDER), odd0);
          even1 =
              first.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 128, ORDER), even1);
          odd1 =
              second.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 192, ORDER), odd1);
          even2 =
              first.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 256, ORDER), even2);
          odd2 =
              second.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 320, ORDER), odd2);
          even3 =
              first.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 384, ORDER), even3);
          odd3 =
              second.fma(
                  FloatVector.fromMemorySegment(FLOATS, rows, place + 4 * j + 448, ORDER), odd3);
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, to + COUNT);
      even2.add(odd2).intoArray(sums, to + 2 * COUNT);
      even3.add(odd3).intoArray(sums, to + 3 * COUNT);
    }
  }
}
