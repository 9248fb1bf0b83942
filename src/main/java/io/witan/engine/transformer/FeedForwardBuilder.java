package io.witan.engine.transformer;

import io.witan.engine.architecture.Hyperparameters;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Operation.Activate;
import io.witan.engine.graph.Operation.Add;
import io.witan.engine.graph.Operation.Gate;
import io.witan.engine.graph.Operation.MixExperts;
import io.witan.engine.graph.Operation.Multiply;
import io.witan.engine.graph.Operation.Route;
import io.witan.engine.graph.Operation.Scale;
import io.witan.engine.graph.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds feed-forward networks to a graph; their buffers are shared by all layers. */
final class FeedForwardBuilder {
  private final Graph.Builder graph;
  private final Hyperparameters sizes;
  private final Value out;
  private final Map<String, Value> buffers = new HashMap<>();

  FeedForwardBuilder(Graph.Builder graph, Hyperparameters sizes, Value out) {
    this.graph = graph;
    this.sizes = sizes;
    this.out = out;
  }

  void add(FeedForward network, Value in) {
    switch (network) {
      case FeedForward.Dense dense -> addDense(dense, "dense", in, out);
      case FeedForward.MixtureOfExperts mixture -> addMixture(mixture, in);
    }
  }

  private void addDense(FeedForward.Dense dense, String name, Value in, Value result) {
    var activation = sizes.architecture().activation();
    int hidden = dense.hidden();
    var up = buffer(name + " up", dense.up().weight().rows());
    var gate = dense.gate();
    if (dense.isJoined()) {
      multiply(dense.up(), in, up);
      var first = up.slice(0, hidden);
      up = up.slice(hidden, hidden);
      graph.add(new Activate(activation, first, up, up));
    } else if (gate == null) {
      multiply(dense.up(), in, up);
      graph.add(new Activate(activation, up, null, up));
    } else {
      var gated = buffer(name + " gate", hidden);
      multiply(gate, in, gated);
      multiply(dense.up(), in, up);
      graph.add(new Activate(activation, gated, up, up));
    }
    multiply(dense.down(), up, result);
  }

  private void multiply(Projection projection, Value from, Value to) {
    graph.add(new Multiply(projection.weight(), projection.bias(), from, to));
  }

  private void addMixture(FeedForward.MixtureOfExperts mixture, Value in) {
    int used = sizes.expertsUsed();
    var logits = buffer("router", sizes.experts());
    var routes = buffer("routes", 2 * used);
    graph.add(new Multiply(mixture.router(), null, in, logits));
    graph.add(
        new Route(
            logits,
            routes,
            used,
            sizes.architecture().renormalizesRoutes(),
            sizes.scales().experts()));
    graph.add(
        new MixExperts(
            in,
            routes,
            used,
            mixture.gate(),
            mixture.up(),
            mixture.down(),
            sizes.architecture().activation(),
            out));
    if (mixture.shared() != null) {
      addShared(mixture.shared(), mixture.sharedGate(), in);
    }
    if (mixture.beside() != null) {
      var result = buffer("beside", sizes.width());
      addDense(mixture.beside(), "beside", in, result);
      graph.add(new Add(result, out, 1));
      graph.add(new Scale(out, sizes.scales().besideExperts()));
    }
  }

  private void addShared(FeedForward.Dense shared, @Nullable Matrix gateWeight, Value in) {
    var result = buffer("shared", sizes.width());
    addDense(shared, "shared", in, result);
    if (gateWeight != null) {
      var gate = buffer("shared gate value", 1);
      graph.add(new Multiply(gateWeight, null, in, gate));
      graph.add(new Gate(gate, result));
    }
    graph.add(new Add(result, out, 1));
  }

  private Value buffer(String name, int width) {
    return buffers.computeIfAbsent(name + width, key -> graph.buffer(width));
  }
}
