package io.witan.engine.backend.cpu;

import io.witan.engine.backend.StepBatch;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Operation.Rotate;
import io.witan.engine.graph.Rope;
import org.jspecify.annotations.Nullable;

/** Rotations; all that turn alike share the step's cosines and sines. */
final class RotateStage implements Stage {
  private final Rotate rotate;
  private final Angles angles;

  RotateStage(Rotate rotate, Angles angles) {
    this.rotate = rotate;
    this.angles = angles;
  }

  /** Cosines and sines of the rows of the step that runs, {@code [rows, pairs]}. */
  static final class Angles {
    private final double[] angles;
    private final float magnitude;
    private @Nullable StepBatch current;
    private float[] cosines = {};
    private float[] sines = {};

    Angles(Rope rope, Weights weights) {
      this.angles = RopeTable.anglesOf(rope, weights);
      this.magnitude = rope.magnitude();
    }

    private void prepare(StepBatch batch) {
      if (batch == current) {
        return;
      }
      current = batch;
      int pairs = angles.length;
      if (cosines.length < batch.rows() * pairs) {
        cosines = new float[batch.rows() * pairs];
        sines = new float[batch.rows() * pairs];
      }
      for (int row = 0; row < batch.rows(); row++) {
        int position = batch.positions()[row];
        for (int i = 0; i < pairs; i++) {
          cosines[row * pairs + i] = (float) (Math.cos(position * angles[i]) * magnitude);
          sines[row * pairs + i] = (float) (Math.sin(position * angles[i]) * magnitude);
        }
      }
    }
  }

  @Override
  public void run(StepState state) {
    angles.prepare(state.batch());
    float[] heads = state.buffer(rotate.heads());
    int size = rotate.headSize();
    int pairs = rotate.rope().dimensions() / 2;
    state.forRows(
        state.rows(),
        rotate.heads().width(),
        row -> {
          int start = state.at(rotate.heads(), row);
          for (int at = 0; at < rotate.heads().width(); at += size) {
            RowMath.rotate(
                rotate.rope(), heads, start + at, angles.cosines, angles.sines, row * pairs);
          }
        });
  }
}
