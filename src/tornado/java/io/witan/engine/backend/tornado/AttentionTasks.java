package io.witan.engine.backend.tornado;

import io.witan.engine.backend.tornado.Launches.Extent;
import io.witan.engine.graph.Operation;
import io.witan.engine.graph.Rope;
import org.jspecify.annotations.Nullable;

/** Adds the kernels of attention. */
final class AttentionTasks {
  private final TaskSite site;

  AttentionTasks(TaskSite site) {
    this.site = site;
  }

  /**
   * @param rope turns queries and keys before; null if nothing does
   */
  void attend(Operation.Attend it, @Nullable Rope rope) {
    if (it.headSize() > AttentionKernels.HEAD || it.headSize() % 2 != 0) {
      throw TaskSite.unsupported("a head of " + it.headSize() + " numbers");
    }
    if (it.query().buffer() != it.key().buffer() || it.key().buffer() != it.value().buffer()) {
      throw TaskSite.unsupported("attention over several buffers");
    }
    var keys = site.memory().keys(it.layer());
    var values = site.memory().values(it.layer());
    site.tasks()
        .task(
            site.launches().next("store", Extent.ROWS, it.keyHeads()),
            AttentionKernels::turnAndStore,
            site.context(),
            site.memory().step,
            site.memory().tables,
            site.memory()
                .shape(
                    site.stride(it.query()),
                    it.query().offset(),
                    it.key().offset(),
                    it.value().offset(),
                    it.heads(),
                    it.keyHeads(),
                    it.headSize()),
            site.memory().buffer(it.query()),
            rope == null ? site.memory().noFloats : site.memory().turns(rope),
            keys.floats(),
            keys.words(),
            values.floats(),
            values.words(),
            keys.format(),
            rope == null ? 0 : rope.dimensions() / 2,
            rope != null && rope.pairing() == Rope.Pairing.ADJACENT ? 1 : 0);
    int size = it.headSize();
    var parts =
        site.memory()
            .scratch(
                "parts",
                Math.multiplyExact(Step.MAX_ROWS * Step.MAX_SPLITS, it.heads() * (size + 2)));
    site.tasks()
        .task(
            site.launches().next("attend", Extent.SPLITS, it.heads()),
            AttentionKernels::attend,
            site.context(),
            site.memory().step,
            site.memory().tables,
            site.memory()
                .shape(
                    site.stride(it.query()),
                    it.query().offset(),
                    it.heads(),
                    it.keyHeads(),
                    size,
                    Step.MAX_SPLITS),
            site.memory().buffer(it.query()),
            keys.floats(),
            keys.words(),
            values.floats(),
            values.words(),
            parts,
            site.memory().slopes(it.heads(), it.maxBias()),
            keys.format(),
            it.scale(),
            it.softcap());
    site.tasks()
        .task(
            site.launches().next("join", Extent.ROWS, it.heads()),
            AttentionKernels::join,
            site.context(),
            site.memory().step,
            parts,
            site.memory().buffer(it.out()),
            site.stride(it.out()),
            it.out().offset(),
            it.heads(),
            size,
            Step.MAX_SPLITS);
  }
}
