package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Attention over pages of keys and values, cut along the context and joined in a second pass. */
final class AttentionKernels {
  /** Positions of a page. */
  static final int PAGE = 64;

  /** Numbers of a head at most. */
  static final int HEAD = 256;

  private AttentionKernels() {}

  /**
   * Keeps a step's keys and values. {@code shape}: the keys' stride and offset, the values',
   * numbers of a position.
   */
  static void store(
      KernelContext context,
      IntArray step,
      IntArray tables,
      IntArray shape,
      FloatArray keys,
      FloatArray values,
      FloatArray keyFloats,
      IntArray keyWords,
      FloatArray valueFloats,
      IntArray valueWords,
      int format) {
    int row = context.groupIdx;
    int lanes = context.localGroupSizeX;
    if (row < step.get(Step.ROWS)) {
      int position = step.get(Step.POSITIONS + row);
      int page = tables.get(step.get(Step.TABLES + row) + position / PAGE);
      int width = shape.get(4);
      int to = (page * PAGE + position % PAGE) * width;
      int key = row * shape.get(0) + shape.get(1);
      int value = row * shape.get(2) + shape.get(3);
      for (int i = 2 * context.localIdx; i < width; i += 2 * lanes) {
        if (format == Numbers.F32) {
          keyFloats.set(to + i, keys.get(key + i));
          keyFloats.set(to + i + 1, keys.get(key + i + 1));
          valueFloats.set(to + i, values.get(value + i));
          valueFloats.set(to + i + 1, values.get(value + i + 1));
        } else {
          keyWords.set((to + i) / 2, pair(keys.get(key + i), keys.get(key + i + 1)));
          valueWords.set((to + i) / 2, pair(values.get(value + i), values.get(value + i + 1)));
        }
      }
    }
  }

  private static int pair(float low, float high) {
    return Numbers.halfBits(low) | (Numbers.halfBits(high) << 16);
  }

  private static float kept(int format, FloatArray floats, IntArray words, int at) {
    float number;
    if (format == Numbers.F32) {
      number = floats.get(at);
    } else {
      number = Numbers.half((words.get(at >> 1) >> ((at & 1) << 4)) & 65535);
    }
    return number;
  }

  /**
   * One head of one row over one part of its context: the largest score, the sum of exponentials,
   * and the values weighted by them. {@code shape}: the queries' stride and offset, heads, key
   * heads, numbers of a head.
   */
  static void attend(
      KernelContext context,
      IntArray step,
      IntArray tables,
      IntArray shape,
      FloatArray queries,
      FloatArray keyFloats,
      IntArray keyWords,
      FloatArray valueFloats,
      IntArray valueWords,
      FloatArray parts,
      FloatArray slopes,
      int format,
      float scale,
      float softcap) {
    float[] scores = context.allocateFloatLocalArray(PAGE);
    float[] sums = context.allocateFloatLocalArray(HEAD);
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int heads = shape.get(2);
    int size = shape.get(4);
    int splits = step.get(Step.SPLITS);
    int split = context.groupIdx % splits;
    int head = (context.groupIdx / splits) % heads;
    int row = context.groupIdx / (splits * heads);
    if (row < step.get(Step.ROWS)) {
      int positions = step.get(Step.POSITIONS + row) + 1;
      int table = step.get(Step.TABLES + row);
      int query = row * shape.get(0) + shape.get(1) + head * size;
      int width = shape.get(3) * size;
      int keyHead = head / (heads / shape.get(3)) * size;
      int first = split * step.get(Step.PAGES_PER_SPLIT);
      int last =
          TornadoMath.min(first + step.get(Step.PAGES_PER_SPLIT), (positions + PAGE - 1) / PAGE);
      float largest = -1e30f;
      float sum = 0f;
      for (int i = lane; i < size; i += lanes) {
        sums[i] = 0f;
      }
      for (int page = first; page < last; page++) {
        int from = tables.get(table + page) * PAGE * width + keyHead;
        int count = TornadoMath.min(PAGE, positions - page * PAGE);
        for (int place = lane; place < count; place += lanes) {
          float score = 0f;
          for (int i = 0; i < size; i++) {
            score +=
                queries.get(query + i)
                    * kept(format, keyFloats, keyWords, from + place * width + i);
          }
          score = score * scale;
          if (softcap > 0f) {
            score = softcap * TornadoMath.tanh(score / softcap);
          }
          scores[place] = score - slopes.get(head) * (positions - 1 - page * PAGE - place);
        }
        context.localBarrier();
        float before = largest;
        for (int place = 0; place < count; place++) {
          largest = TornadoMath.max(largest, scores[place]);
        }
        float shrink = TornadoMath.exp(before - largest);
        sum = sum * shrink;
        for (int place = 0; place < count; place++) {
          sum += TornadoMath.exp(scores[place] - largest);
        }
        for (int i = lane; i < size; i += lanes) {
          float number = sums[i] * shrink;
          for (int place = 0; place < count; place++) {
            number +=
                TornadoMath.exp(scores[place] - largest)
                    * kept(format, valueFloats, valueWords, from + place * width + i);
          }
          sums[i] = number;
        }
        context.localBarrier();
      }
      int to = ((row * heads + head) * Step.MAX_SPLITS + split) * (size + 2);
      for (int i = lane; i < size; i += lanes) {
        parts.set(to + 2 + i, sums[i]);
      }
      if (lane == 0) {
        parts.set(to, largest);
        parts.set(to + 1, sum);
      }
    }
  }

  /** Joins the parts of a head. */
  static void join(
      KernelContext context,
      IntArray step,
      FloatArray parts,
      FloatArray out,
      int stride,
      int offset,
      int heads,
      int size) {
    int lanes = context.localGroupSizeX;
    int head = context.groupIdx % heads;
    int row = context.groupIdx / heads;
    if (row < step.get(Step.ROWS)) {
      int splits = step.get(Step.SPLITS);
      int from = (row * heads + head) * Step.MAX_SPLITS * (size + 2);
      float largest = -1e30f;
      for (int split = 0; split < splits; split++) {
        largest = TornadoMath.max(largest, parts.get(from + split * (size + 2)));
      }
      float sum = 0f;
      for (int split = 0; split < splits; split++) {
        int part = from + split * (size + 2);
        sum += parts.get(part + 1) * TornadoMath.exp(parts.get(part) - largest);
      }
      for (int i = context.localIdx; i < size; i += lanes) {
        float number = 0f;
        for (int split = 0; split < splits; split++) {
          int part = from + split * (size + 2);
          number += parts.get(part + 2 + i) * TornadoMath.exp(parts.get(part) - largest);
        }
        out.set(row * stride + offset + head * size + i, number / sum);
      }
    }
  }
}
