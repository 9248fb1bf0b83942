package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.INTS;
import static io.witan.engine.backend.cpu.Lanes.ORDER;
import static io.witan.engine.backend.cpu.NativeMemory.ALL;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import io.witan.engine.tensor.TensorFormat;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Q6_K: 256 6-bit numbers, less 32, in sixteen groups with a signed byte as scale. */
final class Q6KRows extends TiledRows {
  /** 32 times the bytes of a block: a shift away from its place. */
  private static final int SPACING = 32 * 210;

  Q6KRows() {
    super(TensorFormat.Q6_K);
  }

  @Override
  void pack(RowTile tile, RowInput in, Rows rows, int width, int columns) {
    tile.pack(in, rows, width, columns, 256, SPACING);
  }

  @Override
  void one(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    one(at, other, rowBytes, lines, bytes, x, tile.sums, tile.scales);
  }

  @Override
  void two(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q6KTiles.two(at, rowBytes, lines, bytes, x, tile.sums, 0, tile.scales);
    Q6KTiles.two(
        other, rowBytes, lines, bytes, x, tile.sums, 2 * RowTile.LINES * COUNT, tile.scales);
  }

  @Override
  void three(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q6KWideTiles.three(at, rowBytes, lines, bytes, x, tile.sums, 0, tile.scales);
    Q6KWideTiles.three(
        other, rowBytes, lines, bytes, x, tile.sums, 3 * RowTile.LINES * COUNT, tile.scales);
  }

  @Override
  void four(long at, long other, long rowBytes, int lines, int bytes, RowTile tile, long x) {
    Q6KWideTiles.four(at, rowBytes, lines, bytes, x, tile.sums, 0, tile.scales);
    Q6KWideTiles.four(
        other, rowBytes, lines, bytes, x, tile.sums, 4 * RowTile.LINES * COUNT, tile.scales);
  }

  /** Writes a block's sixteen scales, and what is to be added to numbers times them later. */
  static void decodeScales(long block, float[] scales, int to) {
    float scale = Float.float16ToFloat(ALL.get(Lanes.SHORT, block + 208));
    for (int i = 0; i < 16; i += COUNT) {
      var groups =
          ((FloatVector)
                  ByteVector.fromMemorySegment(BYTES, ALL, block + 192 + i, ORDER)
                      .castShape(FLOATS, 0))
              .mul(scale);
      groups.intoArray(scales, to + i);
      groups.mul(-32).intoArray(scales, to + 16 + i);
    }
  }

  private static void one(
      long at,
      long other,
      long rowBytes,
      int lines,
      int bytes,
      long x,
      float[] sums,
      float[] scales) {
    var fours = IntVector.broadcast(INTS, 15);
    var twos = IntVector.broadcast(INTS, 0x30);
    long rows = NativeMemory.plain(x);
    for (int line = 0; line < lines; line++) {
      long first = NativeMemory.plain(at + line * rowBytes);
      long second = NativeMemory.plain(other + line * rowBytes);
      int to = line * COUNT;
      int beyond = to + RowTile.LINES * COUNT;
      var even0 = FloatVector.fromArray(FLOATS, sums, to);
      var even1 = FloatVector.fromArray(FLOATS, sums, beyond);
      var odd0 = FloatVector.zero(FLOATS);
      var odd1 = odd0;
      for (int o = 0; o < bytes; o += 210) {
        long place = rows + 32L * o;
        decodeScales(first + o, scales, 0);
        decodeScales(second + o, scales, 32);
        for (int part = 0; part < 4; part++) {
          int side = part >> 1;
          int half = 16 * (part & 1);
          int group = 8 * side + (part & 1);
          long activations = place + 512 * side + 4 * half;
          int nibbles = o + 64 * side + half;
          int bits = o + 128 + 32 * side + half;
          for (int j = 0; j < 16; j += COUNT) {
            var near =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, first + nibbles + j, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            var far =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, first + nibbles + j + 32, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            var upper =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, first + bits + j, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            var weights =
                ((FloatVector)
                        near.and(fours).or(upper.lanewise(LSHL, 4).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group]),
                        FloatVector.broadcast(FLOATS, scales[group + 16]));
            even0 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j, ORDER), even0);
            weights =
                ((FloatVector) far.and(fours).or(upper.lanewise(LSHL, 2).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 2]),
                        FloatVector.broadcast(FLOATS, scales[group + 18]));
            odd0 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 128, ORDER),
                    odd0);
            weights =
                ((FloatVector) near.lanewise(LSHR, 4).or(upper.and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 4]),
                        FloatVector.broadcast(FLOATS, scales[group + 20]));
            even0 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 256, ORDER),
                    even0);
            weights =
                ((FloatVector)
                        far.lanewise(LSHR, 4).or(upper.lanewise(LSHR, 2).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 6]),
                        FloatVector.broadcast(FLOATS, scales[group + 22]));
            odd0 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 384, ORDER),
                    odd0);
            near =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, second + nibbles + j, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            far =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, second + nibbles + j + 32, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            upper =
                ((IntVector)
                    ByteVector.fromMemorySegment(BYTES, ALL, second + bits + j, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0));
            weights =
                ((FloatVector)
                        near.and(fours).or(upper.lanewise(LSHL, 4).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 32]),
                        FloatVector.broadcast(FLOATS, scales[group + 48]));
            even1 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j, ORDER), even1);
            weights =
                ((FloatVector) far.and(fours).or(upper.lanewise(LSHL, 2).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 34]),
                        FloatVector.broadcast(FLOATS, scales[group + 50]));
            odd1 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 128, ORDER),
                    odd1);
            weights =
                ((FloatVector) near.lanewise(LSHR, 4).or(upper.and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 36]),
                        FloatVector.broadcast(FLOATS, scales[group + 52]));
            even1 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 256, ORDER),
                    even1);
            weights =
                ((FloatVector)
                        far.lanewise(LSHR, 4).or(upper.lanewise(LSHR, 2).and(twos)).convert(I2F, 0))
                    .fma(
                        FloatVector.broadcast(FLOATS, scales[group + 38]),
                        FloatVector.broadcast(FLOATS, scales[group + 54]));
            odd1 =
                weights.fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, activations + 4 * j + 384, ORDER),
                    odd1);
          }
        }
      }
      even0.add(odd0).intoArray(sums, to);
      even1.add(odd1).intoArray(sums, beyond);
    }
  }
}
