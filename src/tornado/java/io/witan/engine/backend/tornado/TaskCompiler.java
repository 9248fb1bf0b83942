package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.tornado.Launches.Extent;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Value;
import java.util.Map;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;

/** Turns the operations of a graph into kernels. */
final class TaskCompiler {
  /**
   * Operations that have kernels, and of how many parts each is: one more part means nothing yet.
   */
  private static final Map<Class<?>, Integer> KNOWN =
      Map.ofEntries(
          Map.entry(Operation.Embed.class, 2),
          Map.entry(Operation.Scale.class, 2),
          Map.entry(Operation.Clamp.class, 2),
          Map.entry(Operation.Softcap.class, 2),
          Map.entry(Operation.Normalize.class, 6),
          Map.entry(Operation.Multiply.class, 4),
          Map.entry(Operation.Rotate.class, 3),
          Map.entry(Operation.Attend.class, 11),
          Map.entry(Operation.Add.class, 3),
          Map.entry(Operation.Activate.class, 4),
          Map.entry(Operation.Gate.class, 2),
          Map.entry(Operation.Route.class, 5),
          Map.entry(Operation.MixExperts.class, 8),
          Map.entry(Operation.SelectRows.class, 1));

  private final Graph graph;
  private TaskSite site;

  TaskCompiler(Graph graph, DeviceMemory memory, TaskGraph tasks, Launches launches) {
    this.graph = graph;
    this.site = new TaskSite(graph, memory, tasks, launches, new KernelContext(), Step.ROWS);
  }

  /**
   * Adds all operations.
   *
   * @throws EngineException if one has no kernel here
   */
  void compile() {
    for (var operation : graph.operations()) {
      requireKnown(operation);
      add(operation);
    }
    var logits = graph.logits();
    site.tasks()
        .task(
            site.launches().next("likeliest", site.extent(), 1),
            StepKernels::likeliest,
            site.context(),
            site.memory().step,
            site.memory().buffer(logits),
            site.memory().likeliest,
            site.stride(logits),
            logits.offset(),
            logits.width());
  }

  private static void requireKnown(Operation operation) {
    int parts = operation.getClass().getRecordComponents().length;
    if (!Integer.valueOf(parts).equals(KNOWN.get(operation.getClass()))) {
      throw TaskSite.unsupported("the operation " + operation.getClass().getSimpleName());
    }
  }

  private void add(Operation operation) {
    var rows = new RowTasks(site);
    switch (operation) {
      case Operation.Embed embed -> rows.embed(embed);
      case Operation.Scale it -> rows.change(it.value(), RowKernels.SCALE, it.factor());
      case Operation.Clamp it -> rows.change(it.value(), RowKernels.CLAMP, it.limit());
      case Operation.Softcap it -> rows.change(it.value(), RowKernels.SOFTCAP, it.limit());
      case Operation.Normalize normalize -> rows.normalize(normalize);
      case Operation.Multiply it -> rows.multiply(it.weight(), it.bias(), it.in(), it.out());
      case Operation.Rotate rotate -> rows.rotate(rotate);
      case Operation.Attend attend -> new AttentionTasks(site).attend(attend);
      case Operation.Add add -> rows.add(add);
      case Operation.Activate activate -> rows.activate(activate);
      case Operation.Gate gate -> rows.gate(gate);
      case Operation.Route route -> new ExpertTasks(site).route(route);
      case Operation.MixExperts mix -> new ExpertTasks(site).mix(mix);
      case Operation.SelectRows select -> select(select.value());
      default ->
          throw TaskSite.unsupported("the operation " + operation.getClass().getSimpleName());
    }
  }

  private void select(Value value) {
    site.tasks()
        .task(
            site.launches()
                .next("select", Extent.FIXED, Math.ceilDiv(value.width(), site.launches().lanes())),
            RowKernels::moveWanted,
            site.context(),
            site.memory().step,
            site.memory().buffer(value),
            site.stride(value),
            value.offset(),
            value.width());
    site = site.ofWantedRows();
  }
}
