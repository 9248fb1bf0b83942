package io.witan.engine.backend.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Attention over pages of keys and values, cut along the context and joined in a second pass. */
final class AttentionKernels {
  /** Positions of a page. */
  static final int PAGE = 64;

  /** Eight-bit keys and values that share a scale, which lies in the array of floats. */
  static final int BLOCK = 32;

  /** Numbers of a head at most. */
  static final int HEAD = 256;

  private AttentionKernels() {}

  /**
   * Turns a key head and the query heads that read it by the row's position, and keeps the key and
   * the value. {@code shape}: the buffer's stride, offsets of queries, keys and values, heads, key
   * heads, numbers of a head. {@code turns}: for each position and pair a cosine and a sine; no
   * pairs, no turning.
   */
  static void turnAndStore(
      KernelContext context,
      IntArray step,
      IntArray tables,
      IntArray shape,
      FloatArray joined,
      FloatArray turns,
      FloatArray keyFloats,
      IntArray keyWords,
      FloatArray valueFloats,
      IntArray valueWords,
      int format,
      int pairs,
      int adjacent) {
    int lane = context.localIdx;
    int lanes = context.localGroupSizeX;
    int keyHeads = shape.get(5);
    int size = shape.get(6);
    int keyHead = context.groupIdx % keyHeads;
    int row = context.groupIdx / keyHeads;
    if (row < step.get(Step.ROWS)) {
      int position = step.get(Step.POSITIONS + row);
      int start = row * shape.get(0);
      int sharing = shape.get(4) / keyHeads;
      int key = start + shape.get(2) + keyHead * size;
      for (int i = lane; i < pairs * (sharing + 1); i += lanes) {
        int pair = i % pairs;
        int which = i / pairs;
        int head = start + shape.get(1) + (keyHead * sharing + which) * size;
        if (which == sharing) {
          head = key;
        }
        int first = head + (adjacent == 1 ? 2 * pair : pair);
        int second = first + (adjacent == 1 ? 1 : pairs);
        float cos = turns.get((position * pairs + pair) * 2);
        float sin = turns.get((position * pairs + pair) * 2 + 1);
        float x = joined.get(first);
        float y = joined.get(second);
        joined.set(first, x * cos - y * sin);
        joined.set(second, x * sin + y * cos);
      }
      context.globalBarrier();
      int page = tables.get(step.get(Step.TABLES + row) + position / PAGE);
      int to = ((page * PAGE + position % PAGE) * keyHeads + keyHead) * size;
      int value = start + shape.get(3) + keyHead * size;
      if (format == Numbers.Q8_0) {
        for (int i = BLOCK * lane; i < size; i += BLOCK * lanes) {
          keepBlock(joined, key + i, keyFloats, keyWords, to + i);
          keepBlock(joined, value + i, valueFloats, valueWords, to + i);
        }
      }
      for (int i = 2 * lane; i < size && format != Numbers.Q8_0; i += 2 * lanes) {
        if (format == Numbers.F32) {
          keyFloats.set(to + i, joined.get(key + i));
          keyFloats.set(to + i + 1, joined.get(key + i + 1));
          valueFloats.set(to + i, joined.get(value + i));
          valueFloats.set(to + i + 1, joined.get(value + i + 1));
        } else {
          keyWords.set((to + i) / 2, pair(joined.get(key + i), joined.get(key + i + 1)));
          valueWords.set((to + i) / 2, pair(joined.get(value + i), joined.get(value + i + 1)));
        }
      }
    }
  }

  /** As eight-bit numbers and what they are multiplied by. */
  private static void keepBlock(
      FloatArray from, int first, FloatArray scales, IntArray words, int to) {
    float most = 0f;
    for (int i = 0; i < BLOCK; i++) {
      most = TornadoMath.max(most, TornadoMath.abs(from.get(first + i)));
    }
    float scale = most / 127f;
    float divisor = most > 0f ? scale : 1f;
    scales.set(to / BLOCK, scale);
    for (int i = 0; i < BLOCK; i += 4) {
      int word = 0;
      for (int j = 0; j < 4; j++) {
        int octet = (int) (from.get(first + i + j) / divisor + 128.5f) - 128;
        word |= (octet & 255) << (8 * j);
      }
      words.set((to + i) / 4, word);
    }
  }

  /** The parts into which a context is cut that ends with this position. */
  static int splitsOf(int position, int mostSplits) {
    int pages = position / PAGE + 1;
    int perSplit = Math.ceilDiv(pages, mostSplits);
    return Math.ceilDiv(pages, perSplit);
  }

  private static int pair(float low, float high) {
    return Numbers.halfBits(low) | (Numbers.halfBits(high) << 16);
  }

  private static float kept(int format, FloatArray floats, IntArray words, int at) {
    float number;
    if (format == Numbers.F32) {
      number = floats.get(at);
    } else if (format == Numbers.Q8_0) {
      number = floats.get(at / BLOCK) * (words.get(at >> 2) << (24 - ((at & 3) << 3)) >> 24);
    } else {
      number = Numbers.half((words.get(at >> 1) >> ((at & 1) << 4)) & 65535);
    }
    return number;
  }

  /**
   * One head of one row over one part of its context: the largest score, the sum of exponentials,
   * and the values weighted by them. How a row's context is cut depends on its length only. {@code
   * shape}: the queries' stride and offset, heads, key heads, numbers of a head, parts at most.
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
      int pages = (positions + PAGE - 1) / PAGE;
      int perSplit = (pages + shape.get(5) - 1) / shape.get(5);
      int first = split * perSplit;
      int last = TornadoMath.min(first + perSplit, pages);
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

  /** Joins the parts that {@link #attend} made of a head. */
  static void join(
      KernelContext context,
      IntArray step,
      FloatArray parts,
      FloatArray out,
      int stride,
      int offset,
      int heads,
      int size,
      int mostSplits) {
    int lanes = context.localGroupSizeX;
    int head = context.groupIdx % heads;
    int row = context.groupIdx / heads;
    if (row < step.get(Step.ROWS)) {
      int pages = step.get(Step.POSITIONS + row) / PAGE + 1;
      int perSplit = (pages + mostSplits - 1) / mostSplits;
      int splits = (pages + perSplit - 1) / perSplit;
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
