package io.witan.engine.backend.tornado;

import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Value;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Adds the kernels of mixtures of experts. */
final class ExpertTasks {
  private final TaskSite site;

  ExpertTasks(TaskSite site) {
    this.site = site;
  }

  void route(Operation.Route it) {
    if (it.used() > ProductKernels.LANES) {
      throw TaskSite.unsupported("a choice of " + it.used() + " experts");
    }
    site.tasks()
        .task(
            site.launches().next("route", site.extent(), 1),
            ExpertKernels::route,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(it.logits()),
                    it.logits().offset(),
                    site.stride(it.routes()),
                    it.routes().offset(),
                    it.logits().width()),
            site.memory().buffer(it.logits()),
            site.memory().buffer(it.routes()),
            site.rowsAt(),
            it.used(),
            it.renormalize() ? 1 : 0,
            it.scale());
  }

  /** A norm, the router and its choice together. */
  void normAndRoute(Operation.Normalize norm, Operation.Multiply router, Operation.Route it) {
    var weight = site.memory().matrix(router.weight());
    int flags = RowTasks.flagsOf(norm) | (it.renormalize() ? RouterKernels.RENORMALIZED : 0);
    site.tasks()
        .task(
            site.launches().next("normAndRoute", site.extent(), 1),
            RouterKernels::normAndRoute,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(norm.in()),
                    norm.in().offset(),
                    site.stride(norm.out()),
                    norm.out().offset(),
                    site.stride(it.routes()),
                    it.routes().offset(),
                    router.weight().columns(),
                    router.weight().rows(),
                    weight.rowWords(),
                    it.used()),
            weight.floats(),
            weight.words(),
            site.memory().buffer(norm.in()),
            site.memory().vector(norm.weight()),
            site.bias(norm.bias()),
            site.memory().buffer(norm.out()),
            site.memory().buffer(it.routes()),
            site.rowsAt(),
            weight.format(),
            flags,
            norm.epsilon(),
            it.scale());
  }

  /**
   * @param add where the sum goes instead of being kept; null if it is kept
   */
  void mix(Operation.MixExperts it, Operation.@Nullable Add add) {
    var out = add == null ? it.out() : add.target();
    var gate = site.memory().matrix(it.gate());
    var up = site.memory().matrix(it.up());
    int width = it.gate().rows();
    var hidden =
        site.memory().scratch("hidden", Math.multiplyExact(Step.MAX_ROWS * it.used(), width));
    var adapters = new AdapterTasks(site);
    var addends = adapters.addends(it);
    site.tasks()
        .task(
            site.launches().next("hidden", site.extent(), it.used() * width),
            MixtureKernels::hidden,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(it.in()),
                    it.in().offset(),
                    site.stride(it.routes()),
                    it.routes().offset(),
                    it.gate().columns(),
                    width,
                    it.used(),
                    gate.rowWords(),
                    up.rowWords()),
            gate.floats(),
            gate.words(),
            up.floats(),
            up.words(),
            site.memory().buffer(it.in()),
            site.memory().buffer(it.routes()),
            addends,
            hidden,
            site.rowsAt(),
            gate.format(),
            up.format(),
            TaskSite.kindOf(it.activation()) | adapters.addendFlags(it));
    down(it, add, out, hidden);
    adapters.addDown(it, hidden, out, add == null ? 1f : add.factor());
  }

  private void down(
      Operation.MixExperts it, Operation.@Nullable Add add, Value out, FloatArray hidden) {
    var down = site.memory().matrix(it.down());
    boolean together = it.used() <= DownKernels.MOST_USED;
    int each = together ? ProductKernels.ROWS : 1;
    var name = site.launches().next("down", site.extent(), each, it.down().rows());
    var shape =
        site.memory()
            .shape(
                site.stride(out),
                out.offset(),
                site.stride(it.routes()),
                it.routes().offset(),
                it.down().columns(),
                it.down().rows(),
                it.used(),
                down.rowWords());
    int added = add == null ? 0 : 1;
    float amount = add == null ? 0f : add.factor();
    if (together) {
      site.tasks()
          .task(
              name,
              DownKernels::together,
              site.context(),
              site.memory().step,
              shape,
              down.floats(),
              down.words(),
              hidden,
              site.memory().buffer(it.routes()),
              site.memory().buffer(out),
              site.rowsAt(),
              down.format(),
              added,
              amount);
    } else {
      site.tasks()
          .task(
              name,
              DownKernels::each,
              site.context(),
              site.memory().step,
              shape,
              down.floats(),
              down.words(),
              hidden,
              site.memory().buffer(it.routes()),
              site.memory().buffer(out),
              site.rowsAt(),
              down.format(),
              added,
              amount);
    }
  }
}
