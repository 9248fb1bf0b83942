package io.witan.engine.backend.cpu;

import static io.witan.engine.backend.cpu.KvCache.PAGE_TOKENS;
import static io.witan.engine.backend.cpu.Lanes.BYTES;
import static io.witan.engine.backend.cpu.Lanes.COUNT;
import static io.witan.engine.backend.cpu.Lanes.FLOATS;
import static io.witan.engine.backend.cpu.Lanes.SHORTS;

import io.witan.engine.backend.KvFormat;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;

/**
 * Attention of a few queries of one sequence to one head of keys and values, a page at a time. Each
 * page is turned into floats once for all of them. Positions run along the lanes for the scores,
 * the numbers of a head for the result; both sums are in the order of the numbers and the
 * positions.
 */
final class AttentionKernel {
  private float[] page = {};
  private float[] scores = {};

  /**
   * What to attend to.
   *
   * @param table the sequence's pages
   * @param keysAt where the head's keys begin in a page
   * @param valuesAt where its values begin
   * @param softcap limit of the scores, 0 for none
   */
  record Source(
      KvCache cache,
      int[] table,
      int keysAt,
      int valuesAt,
      int headSize,
      float scale,
      float softcap) {}

  /**
   * Attends with {@code queries}: query {@code i} begins at {@code starts[i]}, sees the first
   * {@code seen[i]} positions, looks away from far ones by {@code slopes[i]}, and its result is put
   * at {@code outStarts[i]}.
   */
  void attend(
      Source source,
      float[] queries,
      int[] starts,
      int[] seen,
      float[] slopes,
      float[] out,
      int[] outStarts,
      int count) {
    int most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, seen[i]);
    }
    int pages = Math.ceilDiv(most, PAGE_TOKENS);
    int padded = pages * PAGE_TOKENS;
    if (scores.length < count * padded) {
      scores = new float[count * padded];
    }
    for (int index = 0; index < pages; index++) {
      float[] keys = load(source, index, source.keysAt());
      for (int i = 0; i < count; i++) {
        if (seen[i] > index * PAGE_TOKENS) {
          int to = i * padded + index * PAGE_TOKENS;
          score(queries, starts[i], keys, pageStart(source, source.keysAt()), source, to);
        }
      }
    }
    var sums = new float[count];
    for (int i = 0; i < count; i++) {
      int whole = Math.ceilDiv(seen[i], PAGE_TOKENS) * PAGE_TOKENS;
      if (source.softcap() > 0) {
        softcap(source.softcap(), scores, i * padded, seen[i]);
      }
      if (slopes[i] > 0) {
        sink(slopes[i], scores, i * padded, seen[i]);
      }
      sums[i] = RowMath.exponentials(scores, i * padded, seen[i], whole);
      Arrays.fill(out, outStarts[i], outStarts[i] + source.headSize(), 0);
    }
    for (int index = 0; index < pages; index++) {
      float[] values = load(source, index, source.valuesAt());
      int from = pageStart(source, source.valuesAt());
      for (int i = 0; i < count; i++) {
        int tokens = Math.min(PAGE_TOKENS, seen[i] - index * PAGE_TOKENS);
        if (tokens > 0) {
          int at = i * padded + index * PAGE_TOKENS;
          addValues(scores, at, tokens, values, from, source.headSize(), out, outStarts[i]);
        }
      }
    }
    for (int i = 0; i < count; i++) {
      float factor = 1 / sums[i];
      for (int j = 0; j < source.headSize(); j++) {
        out[outStarts[i] + j] *= factor;
      }
    }
  }

  /** A page's keys or values as floats; they begin at {@link #pageStart}. */
  private float[] load(Source source, int index, int at) {
    var cache = source.cache();
    int number = source.table()[index];
    if (cache.format() == KvFormat.F32) {
      return cache.floatPage(number);
    }
    int count = source.headSize() * PAGE_TOKENS;
    if (page.length < count) {
      page = new float[count];
    }
    if (cache.format() == KvFormat.F16) {
      convert(cache.halfPage(number), at, page, count);
    } else if (at == source.keysAt()) {
      scaleKeys(cache.octetPage(number), cache.floatPage(number), at, page, count);
    } else {
      scaleValues(cache.octetPage(number), cache.floatPage(number), at, page, count);
    }
    return page;
  }

  private static int pageStart(Source source, int at) {
    return source.cache().format() == KvFormat.F32 ? at : 0;
  }

  /** Keys are {@code [headSize, positions]}, their scales {@code [headSize / BLOCK, positions]}. */
  private static void scaleKeys(byte[] octets, float[] scales, int at, float[] out, int count) {
    int scalesAt = at / KvFormat.BLOCK;
    for (int i = 0; i < count; i += COUNT) {
      int block = i / (KvFormat.BLOCK * PAGE_TOKENS);
      var scale =
          FloatVector.fromArray(FLOATS, scales, scalesAt + block * PAGE_TOKENS + i % PAGE_TOKENS);
      floats(octets, at + i).mul(scale).intoArray(out, i);
    }
  }

  /** Values are {@code [positions, headSize]}, so blocks lie side by side. */
  private static void scaleValues(byte[] octets, float[] scales, int at, float[] out, int count) {
    for (int i = 0; i < count; i += COUNT) {
      float scale = scales[(at + i) / KvFormat.BLOCK];
      floats(octets, at + i).mul(scale).intoArray(out, i);
    }
  }

  private static FloatVector floats(byte[] octets, int at) {
    return (FloatVector) ByteVector.fromArray(BYTES, octets, at).castShape(FLOATS, 0);
  }

  /** {@code count} is a multiple of a page's tokens, so of any vector. */
  private static void convert(short[] halves, int at, float[] out, int count) {
    for (int i = 0; i < count; i += COUNT) {
      Lanes.halvesToFloats(ShortVector.fromArray(SHORTS, halves, at + i)).intoArray(out, i);
    }
  }

  private void score(float[] query, int at, float[] keys, int from, Source source, int to) {
    for (int lane = 0; lane < PAGE_TOKENS; lane += 4 * COUNT) {
      scoreFour(query, at, source.headSize(), keys, from + lane, source.scale(), scores, to + lane);
    }
  }

  /** Scores of 4 · COUNT positions; keys are {@code [headSize, PAGE_TOKENS]}. */
  private static void scoreFour(
      float[] query, int at, int size, float[] keys, int from, float scale, float[] out, int to) {
    var s0 = FloatVector.zero(FLOATS);
    var s1 = s0;
    var s2 = s0;
    var s3 = s0;
    for (int i = 0; i < size; i++) {
      var x = FloatVector.broadcast(FLOATS, query[at + i]);
      int row = from + i * PAGE_TOKENS;
      s0 = FloatVector.fromArray(FLOATS, keys, row).fma(x, s0);
      s1 = FloatVector.fromArray(FLOATS, keys, row + COUNT).fma(x, s1);
      s2 = FloatVector.fromArray(FLOATS, keys, row + 2 * COUNT).fma(x, s2);
      s3 = FloatVector.fromArray(FLOATS, keys, row + 3 * COUNT).fma(x, s3);
    }
    s0.mul(scale).intoArray(out, to);
    s1.mul(scale).intoArray(out, to + COUNT);
    s2.mul(scale).intoArray(out, to + 2 * COUNT);
    s3.mul(scale).intoArray(out, to + 3 * COUNT);
  }

  private static void softcap(float limit, float[] scores, int at, int count) {
    for (int i = 0; i < count; i++) {
      scores[at + i] = (float) (limit * Math.tanh(scores[at + i] / limit));
    }
  }

  private static void sink(float slope, float[] scores, int at, int count) {
    for (int i = 0; i < count; i++) {
      scores[at + i] += slope * (i - count + 1);
    }
  }

  /** out += weights · values, {@code [tokens, headSize]}. */
  private static void addValues(
      float[] weights,
      int at,
      int tokens,
      float[] values,
      int from,
      int size,
      float[] out,
      int to) {
    int column = 0;
    for (; column + 4 * COUNT <= size; column += 4 * COUNT) {
      addFour(weights, at, tokens, values, from + column, size, out, to + column);
    }
    for (; column + COUNT <= size; column += COUNT) {
      var sum = FloatVector.fromArray(FLOATS, out, to + column);
      for (int i = 0; i < tokens; i++) {
        sum =
            FloatVector.fromArray(FLOATS, values, from + column + i * size)
                .fma(FloatVector.broadcast(FLOATS, weights[at + i]), sum);
      }
      sum.intoArray(out, to + column);
    }
    for (; column < size; column++) {
      float sum = out[to + column];
      for (int i = 0; i < tokens; i++) {
        sum = Math.fma(weights[at + i], values[from + column + i * size], sum);
      }
      out[to + column] = sum;
    }
  }

  private static void addFour(
      float[] weights,
      int at,
      int tokens,
      float[] values,
      int from,
      int size,
      float[] out,
      int to) {
    var s0 = FloatVector.fromArray(FLOATS, out, to);
    var s1 = FloatVector.fromArray(FLOATS, out, to + COUNT);
    var s2 = FloatVector.fromArray(FLOATS, out, to + 2 * COUNT);
    var s3 = FloatVector.fromArray(FLOATS, out, to + 3 * COUNT);
    for (int i = 0; i < tokens; i++) {
      var x = FloatVector.broadcast(FLOATS, weights[at + i]);
      int row = from + i * size;
      s0 = FloatVector.fromArray(FLOATS, values, row).fma(x, s0);
      s1 = FloatVector.fromArray(FLOATS, values, row + COUNT).fma(x, s1);
      s2 = FloatVector.fromArray(FLOATS, values, row + 2 * COUNT).fma(x, s2);
      s3 = FloatVector.fromArray(FLOATS, values, row + 3 * COUNT).fma(x, s3);
    }
    s0.intoArray(out, to);
    s1.intoArray(out, to + COUNT);
    s2.intoArray(out, to + 2 * COUNT);
    s3.intoArray(out, to + 3 * COUNT);
  }
}
