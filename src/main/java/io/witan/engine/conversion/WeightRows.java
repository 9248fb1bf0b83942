package io.witan.engine.conversion;

import io.witan.engine.tensor.Shape;
import java.util.List;

/** The rows of a tensor to be written, made when they are asked for. */
interface WeightRows {
  Shape shape();

  /** Reads whole rows of {@code shape().ne0()} numbers, one after the other. */
  void read(long first, int count, float[] into);

  /** A tensor as it is. */
  record Plain(SourceTensor source, Shape shape) implements WeightRows {
    @Override
    public void read(long first, int count, float[] into) {
      int columns = (int) shape.ne0();
      source.read(first * columns, count * columns, into, 0);
    }
  }

  /** Of a file's settings. */
  record Given(float[] values) implements WeightRows {
    @Override
    public Shape shape() {
      return Shape.of(values.length);
    }

    @Override
    public void read(long first, int count, float[] into) {
      System.arraycopy(values, 0, into, 0, values.length);
    }
  }

  /** A norm that its family applies as one plus what is stored. */
  record PlusOne(WeightRows rows) implements WeightRows {
    @Override
    public Shape shape() {
      return rows.shape();
    }

    @Override
    public void read(long first, int count, float[] into) {
      rows.read(first, count, into);
      for (int i = 0; i < count * (int) shape().ne0(); i++) {
        into[i] += 1;
      }
    }
  }

  /**
   * Queries or keys whose halves turn together, put so that neighbours do: of each head, number j
   * of the first half and of the second come side by side.
   *
   * @param slice numbers of one output: a row of a matrix, one number of a bias
   */
  record Interleaved(SourceTensor source, Shape shape, long outputs, int heads, int slice)
      implements WeightRows {
    @Override
    public void read(long first, int count, float[] into) {
      long begin = first * shape.ne0() / slice;
      int wanted = (int) (count * shape.ne0() / slice);
      int headSize = (int) (outputs / heads);
      for (int i = 0; i < wanted; i++) {
        long output = begin + i;
        int within = (int) (output % headSize);
        long from = output - within + (within % 2) * (headSize / 2) + within / 2;
        source.read(from * slice, slice, into, i * slice);
      }
    }
  }

  /** Experts, each from a tensor of its own. */
  record Stacked(List<SourceTensor> sources, Shape shape) implements WeightRows {
    @Override
    public void read(long first, int count, float[] into) {
      int columns = (int) shape.ne0();
      for (int i = 0; i < count; i++) {
        var source = sources.get((int) ((first + i) / shape.ne1()));
        source.read((first + i) % shape.ne1() * columns, columns, into, i * columns);
      }
    }
  }

  /**
   * Some rows of each expert (or of a matrix, which counts as one).
   *
   * @param stride rows of an expert in the source
   * @param offset first of them that is taken
   */
  record Part(SourceTensor source, Shape shape, long stride, long offset) implements WeightRows {
    @Override
    public void read(long first, int count, float[] into) {
      int columns = (int) shape.ne0();
      for (int i = 0; i < count; i++) {
        long row = first + i;
        long from = row / shape.ne1() * stride + offset + row % shape.ne1();
        source.read(from * columns, columns, into, i * columns);
      }
    }
  }

  /** Experts whose matrices are stored [in, out]. Columns are read several at a time. */
  record Transposed(SourceTensor source, Shape shape) implements WeightRows {
    @Override
    public void read(long first, int count, float[] into) {
      int inputs = (int) shape.ne0();
      int outputs = (int) shape.ne1();
      int done = 0;
      while (done < count) {
        long expert = (first + done) / outputs;
        int output = (int) ((first + done) % outputs);
        int together = Math.min(count - done, outputs - output);
        var strip = new float[together];
        for (int input = 0; input < inputs; input++) {
          source.read((expert * inputs + input) * outputs + output, together, strip, 0);
          for (int i = 0; i < together; i++) {
            into[(done + i) * inputs + input] = strip[i];
          }
        }
        done += together;
      }
    }
  }
}
