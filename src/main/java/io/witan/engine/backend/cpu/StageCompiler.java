package io.witan.engine.backend.cpu;

import io.witan.engine.backend.BackendOptions;
import io.witan.engine.backend.Weights;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Operation.Activate;
import io.witan.engine.graph.Operation.Add;
import io.witan.engine.graph.Operation.Attend;
import io.witan.engine.graph.Operation.Clamp;
import io.witan.engine.graph.Operation.Embed;
import io.witan.engine.graph.Operation.Gate;
import io.witan.engine.graph.Operation.MixExperts;
import io.witan.engine.graph.Operation.Multiply;
import io.witan.engine.graph.Operation.Normalize;
import io.witan.engine.graph.Operation.Rotate;
import io.witan.engine.graph.Operation.Route;
import io.witan.engine.graph.Operation.Scale;
import io.witan.engine.graph.Operation.SelectRows;
import io.witan.engine.graph.Operation.Softcap;
import io.witan.engine.graph.Rope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a graph into stages; products that read the same value become one. */
final class StageCompiler {
  private final Weights weights;
  private final BackendOptions options;
  private final KvCache cache;
  private final AdapterTable adapters;
  private final Map<Rope, RotateStage.Angles> angles = new HashMap<>();
  private final List<Stage> stages = new ArrayList<>();

  StageCompiler(Weights weights, BackendOptions options, KvCache cache, AdapterTable adapters) {
    this.adapters = adapters;
    this.weights = weights;
    this.options = options;
    this.cache = cache;
  }

  List<Stage> compile(Graph graph) {
    var operations = graph.operations();
    int i = 0;
    while (i < operations.size()) {
      if (operations.get(i) instanceof Multiply first) {
        int end = i + 1;
        while (end < operations.size()
            && operations.get(end) instanceof Multiply next
            && next.in().equals(first.in())
            && next.out().buffer() != first.in().buffer()) {
          end++;
        }
        stages.add(multiply(operations.subList(i, end)));
        for (var operation : operations.subList(i, end)) {
          stages.add(adapters.changesOf((Multiply) operation));
        }
        i = end;
      } else {
        stages.add(stage(operations.get(i)));
        if (operations.get(i++) instanceof Embed embed) {
          stages.add(adapters.changesOf(embed));
        }
      }
    }
    return List.copyOf(stages);
  }

  private Stage multiply(List<Operation> products) {
    var targets = new ArrayList<MultiplyStage.Target>();
    for (var operation : products) {
      var product = (Multiply) operation;
      targets.add(
          new MultiplyStage.Target(
              WeightMatrix.of(product.weight(), weights), vector(product.bias()), product.out()));
    }
    var in = ((Multiply) products.getFirst()).in();
    return new MultiplyStage(in, targets, options.threads());
  }

  private Stage stage(Operation operation) {
    return switch (operation) {
      case Embed embed -> RowStages.embed(embed, WeightMatrix.of(embed.table(), weights));
      case Scale scale -> RowStages.scale(scale);
      case Clamp clamp -> RowStages.clamp(clamp);
      case Softcap softcap -> RowStages.softcap(softcap);
      case Normalize normalize ->
          RowStages.normalize(
              normalize,
              BlockDecoder.decodeAll(weights.get(normalize.weight().name())),
              vector(normalize.bias()));
      case Multiply product -> multiply(List.of(product));
      case Rotate rotate ->
          new RotateStage(
              rotate,
              angles.computeIfAbsent(rotate.rope(), rope -> new RotateStage.Angles(rope, weights)));
      case Attend attend -> new AttentionStage(attend, cache);
      case Add add -> RowStages.add(add);
      case Activate activate -> RowStages.activate(activate);
      case Gate gate -> RowStages.gate(gate);
      case Route route -> RowStages.route(route);
      case MixExperts mix ->
          new ExpertStage(
              mix,
              WeightMatrix.of(mix.gate(), weights),
              WeightMatrix.of(mix.up(), weights),
              WeightMatrix.of(mix.down(), weights),
              adapters);
      case SelectRows select -> RowStages.select(select);
    };
  }

  private float @Nullable [] vector(@Nullable Matrix matrix) {
    return matrix == null ? null : BlockDecoder.decodeAll(weights.get(matrix.name()));
  }
}
