package io.witan.engine.backend.cpu;

import io.witan.engine.graph.Operation.Activate;
import io.witan.engine.graph.Operation.Add;
import io.witan.engine.graph.Operation.Clamp;
import io.witan.engine.graph.Operation.Embed;
import io.witan.engine.graph.Operation.Gate;
import io.witan.engine.graph.Operation.Normalize;
import io.witan.engine.graph.Operation.Route;
import io.witan.engine.graph.Operation.Scale;
import io.witan.engine.graph.Operation.SelectRows;
import io.witan.engine.graph.Operation.Softcap;
import io.witan.engine.graph.Value;
import org.jspecify.annotations.Nullable;

/** The operations that work on each row by itself. */
final class RowStages {
  private RowStages() {}

  static Stage embed(Embed embed, WeightMatrix table) {
    return state -> {
      float[] out = state.buffer(embed.out());
      int[] tokens = state.batch().tokens();
      state.forRows(
          state.rows(),
          table.columns(),
          row -> table.decode(0, tokens[row], 0, table.columns(), out, state.at(embed.out(), row)));
    };
  }

  /** Changes each number of a row by itself; the loop is over one array, so it is vectorised. */
  @FunctionalInterface
  private interface Change {
    void apply(float[] numbers, int from, int to);
  }

  private static Stage inPlace(Value value, Change change) {
    return state -> {
      float[] numbers = state.buffer(value);
      state.forRows(
          state.rows(),
          value.width(),
          row -> {
            int from = state.at(value, row);
            change.apply(numbers, from, from + value.width());
          });
    };
  }

  static Stage scale(Scale scale) {
    float factor = scale.factor();
    return inPlace(
        scale.value(),
        (numbers, from, to) -> {
          for (int i = from; i < to; i++) {
            numbers[i] *= factor;
          }
        });
  }

  static Stage clamp(Clamp clamp) {
    float limit = clamp.limit();
    return inPlace(
        clamp.value(),
        (numbers, from, to) -> {
          for (int i = from; i < to; i++) {
            numbers[i] = Math.max(-limit, Math.min(limit, numbers[i]));
          }
        });
  }

  static Stage softcap(Softcap softcap) {
    double limit = softcap.limit();
    return inPlace(
        softcap.value(),
        (numbers, from, to) -> {
          for (int i = from; i < to; i++) {
            numbers[i] = (float) (limit * Math.tanh(numbers[i] / limit));
          }
        });
  }

  static Stage normalize(Normalize normalize, float[] weight, float @Nullable [] bias) {
    int width = normalize.in().width();
    return state -> {
      float[] in = state.buffer(normalize.in());
      float[] out = state.buffer(normalize.out());
      state.forRows(
          state.rows(),
          width,
          row -> {
            int from = state.at(normalize.in(), row);
            int to = state.at(normalize.out(), row);
            for (int i = 0; i < width; i += weight.length) {
              RowMath.normalize(
                  normalize.kind(), in, from + i, out, to + i, weight, bias, normalize.epsilon());
            }
          });
    };
  }

  static Stage add(Add add) {
    float factor = add.factor();
    int width = add.target().width();
    return state -> {
      float[] addend = state.buffer(add.addend());
      float[] target = state.buffer(add.target());
      state.forRows(
          state.rows(),
          width,
          row ->
              RowMath.add(
                  addend,
                  state.at(add.addend(), row),
                  factor,
                  target,
                  state.at(add.target(), row),
                  width));
    };
  }

  static Stage activate(Activate activate) {
    var up = activate.up();
    return state -> {
      float[] gate = state.buffer(activate.gate());
      float[] ups = up == null ? null : state.buffer(up);
      float[] out = state.buffer(activate.out());
      state.forRows(
          state.rows(),
          activate.out().width(),
          row ->
              RowMath.activate(
                  activate.activation(),
                  gate,
                  state.at(activate.gate(), row),
                  ups,
                  up == null ? 0 : state.at(up, row),
                  out,
                  state.at(activate.out(), row),
                  activate.out().width()));
    };
  }

  static Stage gate(Gate gate) {
    int width = gate.value().width();
    return state -> {
      float[] gates = state.buffer(gate.gate());
      float[] numbers = state.buffer(gate.value());
      state.forRows(
          state.rows(),
          width,
          row -> {
            float factor = (float) ScalarMath.sigmoid(gates[state.at(gate.gate(), row)]);
            int at = state.at(gate.value(), row);
            for (int i = 0; i < width; i++) {
              numbers[at + i] *= factor;
            }
          });
    };
  }

  static Stage route(Route route) {
    int experts = route.logits().width();
    return state -> {
      float[] logits = state.buffer(route.logits());
      float[] routes = state.buffer(route.routes());
      state.forRows(
          state.rows(),
          experts * 16,
          row -> {
            var own = new float[experts];
            System.arraycopy(logits, state.at(route.logits(), row), own, 0, experts);
            var chosen = ScalarMath.route(route, own);
            System.arraycopy(chosen, 0, routes, state.at(route.routes(), row), chosen.length);
          });
    };
  }

  static Stage select(SelectRows select) {
    return state -> {
      float[] numbers = state.buffer(select.value());
      int width = select.value().width();
      int prompts = 0;
      int kept = 0;
      for (int row : state.batch().logitRows()) {
        int to = state.at(select.value(), kept++);
        System.arraycopy(numbers, state.at(select.value(), row), numbers, to, width);
        prompts += row < state.promptRows() ? 1 : 0;
      }
      state.narrow(kept, prompts);
    };
  }
}
