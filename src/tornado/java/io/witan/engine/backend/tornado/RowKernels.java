package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels whose work-groups each take one row, or a part of one. */
final class RowKernels {
  static final int SCALE = 0;
  static final int CLAMP = 1;
  static final int SOFTCAP = 2;
  static final int SILU = 0;
  static final int GELU = 1;

  private RowKernels() {}

  static void embed(
      KernelContext context,
      IntArray step,
      FloatArray floats,
      IntArray words,
      FloatArray out,
      int format,
      int rowWords,
      int stride,
      int offset,
      int width) {
    int row = context.groupIdx;
    int lanes = context.localGroupSizeX;
    if (row < step.get(Step.ROWS)) {
      int base = step.get(Step.TOKENS + row) * rowWords;
      for (int i = context.localIdx; i < width; i += lanes) {
        int group = i / Numbers.GROUP;
        float number =
            Numbers.scale(format, words, base, group)
                * Numbers.quant(format, floats, words, base, i);
        if (Numbers.hasMinimum(format)) {
          number -= Numbers.minimum(format, words, base, group);
        }
        out.set(row * stride + offset + i, number);
      }
    }
  }

  /** Changes every number of a slice. */
  static void change(
      KernelContext context,
      IntArray step,
      FloatArray buffer,
      int rowsAt,
      int stride,
      int offset,
      int width,
      int kind,
      float amount) {
    int row = context.groupIdx;
    int lanes = context.localGroupSizeX;
    if (row < step.get(rowsAt)) {
      for (int i = context.localIdx; i < width; i += lanes) {
        int at = row * stride + offset + i;
        float number = buffer.get(at);
        if (kind == SCALE) {
          number = number * amount;
        } else if (kind == CLAMP) {
          number = TornadoMath.max(-amount, TornadoMath.min(amount, number));
        } else {
          number = amount * TornadoMath.tanh(number / amount);
        }
        buffer.set(at, number);
      }
    }
  }

  /** {@code turns}: for each position and pair a cosine and a sine. */
  static void turn(
      KernelContext context,
      IntArray step,
      FloatArray turns,
      FloatArray buffer,
      int stride,
      int offset,
      int width,
      int headSize,
      int pairs,
      int adjacent) {
    int row = context.groupIdx;
    int lanes = context.localGroupSizeX;
    if (row < step.get(Step.ROWS)) {
      int turn = step.get(Step.POSITIONS + row) * pairs * 2;
      int all = (width / headSize) * pairs;
      for (int i = context.localIdx; i < all; i += lanes) {
        int pair = i % pairs;
        int head = row * stride + offset + (i / pairs) * headSize;
        int first = head + (adjacent == 1 ? 2 * pair : pair);
        int second = first + (adjacent == 1 ? 1 : pairs);
        float cos = turns.get(turn + 2 * pair);
        float sin = turns.get(turn + 2 * pair + 1);
        float x = buffer.get(first);
        float y = buffer.get(second);
        buffer.set(first, x * cos - y * sin);
        buffer.set(second, x * sin + y * cos);
      }
    }
  }

  static void add(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray addend,
      FloatArray target,
      int rowsAt,
      int width,
      float factor) {
    int row = context.groupIdx;
    int lanes = context.localGroupSizeX;
    if (row < step.get(rowsAt)) {
      int from = row * shape.get(0) + shape.get(1);
      int to = row * shape.get(2) + shape.get(3);
      for (int i = context.localIdx; i < width; i += lanes) {
        target.set(to + i, target.get(to + i) + factor * addend.get(from + i));
      }
    }
  }

  /** {@code shape}: the gate's stride and offset, up's, out's. */
  static void activate(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray gate,
      FloatArray up,
      FloatArray out,
      int rowsAt,
      int width,
      int kind,
      int gated) {
    int row = context.groupIdx;
    int lanes = context.localGroupSizeX;
    if (row < step.get(rowsAt)) {
      for (int i = context.localIdx; i < width; i += lanes) {
        float number = bend(kind, gate.get(row * shape.get(0) + shape.get(1) + i));
        if (gated == 1) {
          number = number * up.get(row * shape.get(2) + shape.get(3) + i);
        }
        out.set(row * shape.get(4) + shape.get(5) + i, number);
      }
    }
  }

  static float bend(int kind, float x) {
    float bent;
    if (kind == SILU) {
      bent = x / (1f + TornadoMath.exp(-x));
    } else {
      bent = 0.5f * x * (1f + TornadoMath.tanh(0.7978845608f * x * (1f + 0.044715f * x * x)));
    }
    return bent;
  }

  /** Multiplies a row by the sigmoid of one number. */
  static void gate(
      KernelContext context,
      IntArray step,
      IntArray shape,
      FloatArray gate,
      FloatArray value,
      int rowsAt,
      int width) {
    int row = context.groupIdx;
    int lanes = context.localGroupSizeX;
    if (row < step.get(rowsAt)) {
      float factor = 1f / (1f + TornadoMath.exp(-gate.get(row * shape.get(0) + shape.get(1))));
      int at = row * shape.get(2) + shape.get(3);
      for (int i = context.localIdx; i < width; i += lanes) {
        value.set(at + i, value.get(at + i) * factor);
      }
    }
  }

  /** Moves the rows whose logits are wanted up; each item takes columns of its own. */
  static void moveWanted(
      KernelContext context, IntArray step, FloatArray buffer, int stride, int offset, int width) {
    int column = context.globalIdx;
    if (column < width) {
      int rows = step.get(Step.LOGIT_ROWS);
      for (int row = 0; row < rows; row++) {
        int from = step.get(Step.WANTED + row) * stride + offset + column;
        buffer.set(row * stride + offset + column, buffer.get(from));
      }
    }
  }
}
