package io.witan.engine.backend.cpu;

import io.witan.engine.backend.Adapter;
import io.witan.engine.backend.LowRank;
import io.witan.engine.graph.Operation.Embed;
import io.witan.engine.graph.Operation.Multiply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adapters that are there, by the number that rows of a batch give; used while no step runs.
 */
final class AdapterTable {
  private final List<@Nullable Adapter> adapters = new ArrayList<>();

  void set(int slot, @Nullable Adapter adapter) {
    while (adapters.size() < slot) {
      adapters.add(null);
    }
    adapters.set(slot - 1, adapter);
  }

  /** What a row's adapter changes of a matrix, or null. */
  @Nullable LowRank find(int slot, String matrix) {
    var adapter = slot == 0 ? null : adapters.get(slot - 1);
    return adapter == null ? null : adapter.changes().get(matrix);
  }

  /** Whether any adapter is there that changes it. */
  boolean anyChanges(String matrix) {
    for (var adapter : adapters) {
      if (adapter != null && adapter.changes().containsKey(matrix)) {
        return true;
      }
    }
    return false;
  }

  /** Adds to what a product gave. */
  Stage changesOf(Multiply product) {
    String name = product.weight().name();
    return state -> {
      if (!anyChanges(name)) {
        return;
      }
      float[] in = state.buffer(product.in());
      float[] out = state.buffer(product.out());
      state.forRows(
          state.rows(),
          product.in().width() + product.out().width(),
          row -> {
            var change = find(state.adapterOf(row), name);
            if (change != null) {
              int to = state.at(product.out(), row);
              LowRankMath.add(change, 0, in, state.at(product.in(), row), out, to);
            }
          });
    };
  }

  /** Adds to what a table gave for each row's token. */
  Stage changesOf(Embed embed) {
    String name = embed.table().name();
    return state -> {
      if (!anyChanges(name)) {
        return;
      }
      float[] out = state.buffer(embed.out());
      for (int row = 0; row < state.rows(); row++) {
        var change = find(state.adapterOf(row), name);
        if (change != null) {
          int token = state.batch().tokens()[row];
          LowRankMath.addEmbedding(change, token, out, state.at(embed.out(), row));
        }
      }
    };
  }
}
