package io.witan.engine.backend.tornado;

import io.witan.engine.graph.Matrix;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Value;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Adds the kernels of adapters, each only where an adapter changes the matrix. */
final class AdapterTasks {
  /** Where a matrix takes its numbers from; pairs are those of {@link AdapterKernels}. */
  private record Source(FloatArray in, int stride, int offset, boolean byPair) {}

  private final TaskSite site;
  private final AdapterArrays adapters;

  AdapterTasks(TaskSite site) {
    this.site = site;
    this.adapters = site.memory().adapters();
  }

  /** Before a product, which may overwrite what it reads. */
  void narrow(Operation.Multiply it) {
    if (adapters.change(it.weight())) {
      narrow(it.weight(), sourceOf(it.in()), null);
    }
  }

  /** After a product. */
  void widen(Operation.Multiply it, Value out, float amount) {
    if (adapters.change(it.weight())) {
      widen(it.weight(), null, out, amount);
    }
  }

  /** After a table was read. */
  void widen(Operation.Embed it) {
    if (!adapters.change(it.table())) {
      return;
    }
    var out = it.out();
    int groups = groupsOf(out.width());
    site.tasks()
        .task(
            site.launches().next("widenToken", site.extent(), groups),
            AdapterKernels::widenToken,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(out),
                    out.offset(),
                    out.width(),
                    adapters.entryOf(it.table()),
                    groups),
            adapters.directory,
            adapters.numbers,
            site.memory().buffer(out));
  }

  /**
   * What is added to gate and up of each pair of a row and its experts.
   *
   * @return first for all gates, then for all ups; one number where neither is changed
   */
  FloatArray addends(Operation.MixExperts it) {
    if (!adapters.change(it.gate()) && !adapters.change(it.up())) {
      return site.memory().noFloats;
    }
    int side = sideOf(it);
    var out = site.memory().scratch("addends", Math.multiplyExact(2, side));
    addends(it, it.gate(), out, 0);
    addends(it, it.up(), out, side);
    return out;
  }

  /** Numbers of all pairs of a step. */
  private static int sideOf(Operation.MixExperts it) {
    return Math.multiplyExact(Step.MAX_ROWS * it.used(), it.gate().rows());
  }

  private void addends(Operation.MixExperts it, Matrix matrix, FloatArray out, int first) {
    if (!adapters.change(matrix)) {
      return;
    }
    narrow(matrix, sourceOf(it.in()), it);
    int rank = adapters.rankOf(matrix);
    int groups = groupsOf(matrix.rows());
    site.tasks()
        .task(
            site.launches().next("widenPairs", site.extent(), it.used() * groups),
            AdapterKernels::widenPairs,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    first,
                    0,
                    site.stride(it.routes()),
                    it.routes().offset(),
                    matrix.rows(),
                    it.used(),
                    rank,
                    adapters.entryOf(matrix),
                    groups),
            adapters.directory,
            adapters.numbers,
            narrowed(it.used(), rank),
            site.memory().buffer(it.routes()),
            out,
            site.rowsAt());
  }

  /** Which of the addends there are, in bits of {@link ExpertKernels}. */
  int addendFlags(Operation.MixExperts it) {
    return (adapters.change(it.gate()) ? MixtureKernels.GATE_ADDED : 0)
        | (adapters.change(it.up()) ? MixtureKernels.UP_ADDED : 0);
  }

  /** After the experts' last matrix. */
  void addDown(Operation.MixExperts it, FloatArray hidden, Value out, float amount) {
    if (adapters.change(it.down())) {
      narrow(it.down(), new Source(hidden, 0, 0, true), it);
      widen(it.down(), it, out, amount);
    }
  }

  private Source sourceOf(Value in) {
    return new Source(site.memory().buffer(in), site.stride(in), in.offset(), false);
  }

  /** {@code mix} is null for what is not an expert's. */
  private void narrow(Matrix matrix, Source source, Operation.@Nullable MixExperts mix) {
    int used = mix == null ? 1 : mix.used();
    int rank = adapters.rankOf(matrix);
    site.tasks()
        .task(
            site.launches().next("narrow", site.extent(), used * rank),
            AdapterKernels::narrow,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    source.stride,
                    source.offset,
                    mix == null ? 0 : site.stride(mix.routes()),
                    mix == null ? 0 : mix.routes().offset(),
                    matrix.columns(),
                    used,
                    rank,
                    adapters.entryOf(matrix)),
            adapters.directory,
            adapters.numbers,
            source.in,
            mix == null ? site.memory().noFloats : site.memory().buffer(mix.routes()),
            narrowed(used, rank),
            site.rowsAt(),
            mix == null ? 0 : 1,
            source.byPair ? 1 : 0);
  }

  private void widen(Matrix matrix, Operation.@Nullable MixExperts mix, Value out, float amount) {
    int used = mix == null ? 1 : mix.used();
    int rank = adapters.rankOf(matrix);
    int groups = groupsOf(matrix.rows());
    site.tasks()
        .task(
            site.launches().next("widen", site.extent(), groups),
            AdapterKernels::widen,
            site.context(),
            site.memory().step,
            site.memory()
                .shape(
                    site.stride(out),
                    out.offset(),
                    mix == null ? 0 : site.stride(mix.routes()),
                    mix == null ? 0 : mix.routes().offset(),
                    matrix.rows(),
                    used,
                    rank,
                    adapters.entryOf(matrix),
                    groups),
            adapters.directory,
            adapters.numbers,
            narrowed(used, rank),
            mix == null ? site.memory().noFloats : site.memory().buffer(mix.routes()),
            site.memory().buffer(out),
            site.rowsAt(),
            mix == null ? 0 : 1,
            amount);
  }

  private FloatArray narrowed(int used, int rank) {
    return site.memory().scratch("narrow", Math.multiplyExact(Step.MAX_ROWS * used, rank));
  }

  private int groupsOf(int numbers) {
    return Math.ceilDiv(numbers, site.launches().lanes());
  }
}
