package io.witan.engine.backend.tornado;

import io.witan.engine.EngineException;
import io.witan.engine.backend.tornado.Launches.Extent;
import io.witan.engine.graph.Graph;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
  private final Neighbours neighbours;
  private TaskSite site;

  TaskCompiler(Graph graph, DeviceMemory memory, TaskGraph tasks, Launches launches) {
    this.graph = graph;
    this.neighbours = new Neighbours(graph, memory.adapters());
    this.site = new TaskSite(graph, memory, tasks, launches, new KernelContext(), Step.ROWS);
  }

  /**
   * Adds all operations.
   *
   * @throws EngineException if one has no kernel here
   */
  void compile() {
    graph.operations().forEach(TaskCompiler::requireKnown);
    int index = 0;
    while (index < graph.operations().size()) {
      index += addFrom(index);
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

  /** A rotation of queries, and where they follow the one of keys and attention itself. */
  private int addRotation(int index, Operation.Rotate first) {
    if (neighbours.at(index + 1) instanceof Operation.Rotate second
        && neighbours.at(index + 2) instanceof Operation.Attend attend
        && turns(first, attend.query(), attend)
        && turns(second, attend.key(), attend)
        && first.rope().equals(second.rope())) {
      new AttentionTasks(site).attend(attend, first.rope());
      return 3;
    }
    add(first);
    return 1;
  }

  /** Adds an operation with those after it that its kernel does too; gives how many they were. */
  private int addFrom(int index) {
    var operation = graph.operations().get(index);
    return switch (operation) {
      case Operation.Normalize norm -> addNorm(index, norm);
      case Operation.Multiply it -> addProduct(index, it, null);
      case Operation.Rotate first -> addRotation(index, first);
      case Operation.MixExperts mix -> {
        var sum = neighbours.sumOf(index + 1, mix.out(), mix.in());
        new ExpertTasks(site).mix(mix, sum);
        yield sum == null ? 1 : 2;
      }
      default -> {
        add(operation);
        yield 1;
      }
    };
  }

  private static boolean turns(Operation.Rotate it, Value heads, Operation.Attend attend) {
    return it.heads().equals(heads) && it.headSize() == attend.headSize();
  }

  private int addNorm(int index, Operation.Normalize norm) {
    if (neighbours.isRouter(index, norm)) {
      new ExpertTasks(site)
          .normAndRoute(
              norm,
              (Operation.Multiply) graph.operations().get(index + 1),
              (Operation.Route) graph.operations().get(index + 2));
      return 3;
    }
    int products = neighbours.productsOf(index, norm);
    if (products == 0) {
      new RowTasks(site).normalize(norm);
      return 1;
    }
    int taken = 1;
    for (int i = 0; i < products; i++) {
      var product = (Operation.Multiply) graph.operations().get(index + taken);
      taken += addProduct(index + taken, product, norm);
    }
    return taken;
  }

  private int addProduct(int index, Operation.Multiply it, Operation.@Nullable Normalize norm) {
    var rows = new RowTasks(site);
    var in = norm == null ? it.in() : norm.in();
    var sum = neighbours.sumOf(index + 1, it.out(), in);
    if (sum != null) {
      rows.multiply(
          it, sum.target(), new RowTasks.Around(norm, ProductKernels.ADDED, sum.factor()));
      return 2;
    }
    var clamp = neighbours.limitOf(index + 1, it);
    if (clamp != null) {
      rows.multiply(it, it.out(), new RowTasks.Around(norm, ProductKernels.CLAMPED, clamp.limit()));
      return 2;
    }
    rows.multiply(it, it.out(), new RowTasks.Around(norm, 0, 0));
    return 1;
  }

  private void add(Operation operation) {
    var rows = new RowTasks(site);
    switch (operation) {
      case Operation.Embed embed -> rows.embed(embed);
      case Operation.Scale it -> rows.change(it.value(), RowKernels.SCALE, it.factor());
      case Operation.Clamp it -> rows.change(it.value(), RowKernels.CLAMP, it.limit());
      case Operation.Softcap it -> rows.change(it.value(), RowKernels.SOFTCAP, it.limit());
      case Operation.Rotate rotate -> rows.rotate(rotate);
      case Operation.Attend attend -> new AttentionTasks(site).attend(attend, null);
      case Operation.Add add -> rows.add(add);
      case Operation.Activate activate -> rows.activate(activate);
      case Operation.Gate gate -> rows.gate(gate);
      case Operation.Route route -> new ExpertTasks(site).route(route);
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
