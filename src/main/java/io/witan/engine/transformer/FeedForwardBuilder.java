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
import io.witan.engine.graph.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds feed-forward networks to a graph; their buffers are shared by all layers. */
final class FeedForwardBuilder {
  private final Graph.Builder graph;
  private final Hyperparameters sizes;
  private final Value in;
  private final Value out;
  private final Map<String, Value> buffers = new HashMap<>();

  FeedForwardBuilder(Graph.Builder graph, Hyperparameters sizes, Value in, Value out) {
    this.graph = graph;
    this.sizes = sizes;
    this.in = in;
    this.out = out;
  }

  void add(FeedForward network) {
    switch (network) {
      case FeedForward.Dense dense -> addDense(dense, "dense", out);
      case FeedForward.MixtureOfExperts mixture -> addMixture(mixture);
    }
  }

  private void addDense(FeedForward.Dense dense, String name, Value result) {
    var activation = sizes.architecture().activation();
    var up = buffer(name + " up", dense.up().rows());
    var gateWeight = dense.gate();
    if (gateWeight == null) {
      graph.add(new Multiply(dense.up(), null, in, up));
      graph.add(new Activate(activation, up, null, up));
    } else {
      var gate = buffer(name + " gate", gateWeight.rows());
      graph.add(new Multiply(gateWeight, null, in, gate));
      graph.add(new Multiply(dense.up(), null, in, up));
      graph.add(new Activate(activation, gate, up, up));
    }
    graph.add(new Multiply(dense.down(), null, up, result));
  }

  private void addMixture(FeedForward.MixtureOfExperts mixture) {
    int used = sizes.expertsUsed();
    var logits = buffer("router", sizes.experts());
    var routes = buffer("routes", 2 * used);
    graph.add(new Multiply(mixture.router(), null, in, logits));
    graph.add(
        new Route(
            logits, routes, used, sizes.architecture().renormalizesRoutes(), sizes.expertScale()));
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
      addShared(mixture.shared(), mixture.sharedGate());
    }
  }

  private void addShared(FeedForward.Dense shared, @Nullable Matrix gateWeight) {
    var result = buffer("shared", sizes.width());
    addDense(shared, "shared", result);
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
