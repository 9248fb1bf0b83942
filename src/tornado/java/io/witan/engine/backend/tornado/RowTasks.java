package io.witan.engine.backend.tornado;

import io.witan.engine.backend.tornado.Launches.Extent;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Rope;
import io.witan.engine.graph.Value;
import org.jspecify.annotations.Nullable;

/** Adds the kernels that take rows one by one. */
final class RowTasks {
  private final TaskSite site;

  RowTasks(TaskSite site) {
    this.site = site;
  }

  void embed(Operation.Embed embed) {
    var table = site.memory().matrix(embed.table());
    site.tasks()
        .task(
            site.launches().next("embed", Extent.ROWS, 1),
            RowKernels::embed,
            site.context(),
            site.memory().step,
            table.floats(),
            table.words(),
            site.memory().buffer(embed.out()),
            table.format(),
            table.rowWords(),
            site.stride(embed.out()),
            embed.out().offset(),
            embed.out().width());
    new AdapterTasks(site).widen(embed);
  }

  void change(Value value, int kind, float amount) {
    site.tasks()
        .task(
            site.launches().next("change", site.extent(), 1),
            RowKernels::change,
            site.context(),
            site.memory().step,
            site.memory().buffer(value),
            site.rowsAt(),
            site.stride(value),
            value.offset(),
            value.width(),
            kind,
            amount);
  }

  void normalize(Operation.Normalize it) {
    boolean centred =
        switch (it.kind().name()) {
          case "RMS" -> false;
          case "LAYER" -> true;
          default -> throw TaskSite.unsupported("the norm " + it.kind());
        };
    int size = it.weight().columns();
    int groups = it.in().width() / size;
    site.tasks()
        .task(
            site.launches().next("normalize", site.extent(), groups),
            ProductKernels::norm,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(it.in()),
                    it.in().offset(),
                    site.stride(it.out()),
                    it.out().offset(),
                    size,
                    groups),
            site.memory().buffer(it.in()),
            site.memory().vector(it.weight()),
            site.bias(it.bias()),
            site.memory().buffer(it.out()),
            site.rowsAt(),
            centred ? 1 : 0,
            it.bias() == null ? 0 : 1,
            it.epsilon());
  }

  /** What a product does beside multiplying. */
  record Around(Operation.@Nullable Normalize norm, int flags, float amount) {}

  void multiply(Operation.Multiply it, Value out, Around around) {
    var norm = around.norm();
    var in = norm == null ? it.in() : norm.in();
    var weight = site.memory().matrix(it.weight());
    int flags = around.flags() | flagsOf(norm) | (it.bias() == null ? 0 : ProductKernels.BIASED);
    var adapters = new AdapterTasks(site);
    adapters.narrow(it);
    site.tasks()
        .task(
            site.launches()
                .next("multiply", site.extent(), ProductKernels.ROWS, it.weight().rows()),
            ProductKernels::multiply,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(in),
                    in.offset(),
                    site.stride(out),
                    out.offset(),
                    it.weight().columns(),
                    it.weight().rows(),
                    weight.rowWords()),
            weight.floats(),
            weight.words(),
            site.bias(it.bias()),
            site.memory().buffer(in),
            norm == null ? site.memory().noFloats : site.memory().vector(norm.weight()),
            site.bias(norm == null ? null : norm.bias()),
            site.memory().buffer(out),
            site.rowsAt(),
            weight.format(),
            flags,
            norm == null ? 0f : norm.epsilon(),
            around.amount());
    boolean isAdded = (around.flags() & ProductKernels.ADDED) != 0;
    adapters.widen(it, out, isAdded ? around.amount() : 1f);
  }

  /** How a kernel normalises for itself. */
  static int flagsOf(Operation.@Nullable Normalize norm) {
    if (norm == null) {
      return 0;
    }
    int kind =
        switch (norm.kind().name()) {
          case "RMS" -> 0;
          case "LAYER" -> ProductKernels.CENTRED;
          default -> throw TaskSite.unsupported("the norm " + norm.kind());
        };
    return ProductKernels.NORMED | kind | (norm.bias() == null ? 0 : ProductKernels.SHIFTED);
  }

  void rotate(Operation.Rotate it) {
    int pairs = it.rope().dimensions() / 2;
    site.tasks()
        .task(
            site.launches().next("rotate", Extent.ROWS, 1),
            RowKernels::turn,
            site.context(),
            site.memory().step,
            site.memory().turns(it.rope()),
            site.memory().buffer(it.heads()),
            site.stride(it.heads()),
            it.heads().offset(),
            it.heads().width(),
            it.headSize(),
            pairs,
            it.rope().pairing() == Rope.Pairing.ADJACENT ? 1 : 0);
  }

  void add(Operation.Add it) {
    site.tasks()
        .task(
            site.launches().next("add", site.extent(), 1),
            RowKernels::add,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(it.addend()),
                    it.addend().offset(),
                    site.stride(it.target()),
                    it.target().offset()),
            site.memory().buffer(it.addend()),
            site.memory().buffer(it.target()),
            site.rowsAt(),
            it.target().width(),
            it.factor());
  }

  void activate(Operation.Activate it) {
    var up = it.up() == null ? it.gate() : it.up();
    site.tasks()
        .task(
            site.launches().next("activate", site.extent(), 1),
            RowKernels::activate,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(it.gate()),
                    it.gate().offset(),
                    site.stride(up),
                    up.offset(),
                    site.stride(it.out()),
                    it.out().offset()),
            site.memory().buffer(it.gate()),
            site.memory().buffer(up),
            site.memory().buffer(it.out()),
            site.rowsAt(),
            it.out().width(),
            TaskSite.kindOf(it.activation()),
            it.up() == null ? 0 : 1);
  }

  void gate(Operation.Gate it) {
    site.tasks()
        .task(
            site.launches().next("gate", site.extent(), 1),
            RowKernels::gate,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(it.gate()),
                    it.gate().offset(),
                    site.stride(it.value()),
                    it.value().offset()),
            site.memory().buffer(it.gate()),
            site.memory().buffer(it.value()),
            site.rowsAt(),
            it.value().width());
  }
}
