package io.witan.engine.backend.tornado;

import io.witan.engine.backend.tornado.Launches.Extent;
import io.witan.engine.graph.Operation;

/** Adds the kernels of attention. */
final class AttentionTasks {
  private final TaskSite site;

  AttentionTasks(TaskSite site) {
    this.site = site;
  }

  void attend(Operation.Attend it) {
    if (it.headSize() > AttentionKernels.HEAD || it.headSize() % 2 != 0) {
      throw TaskSite.unsupported("a head of " + it.headSize() + " numbers");
    }
    var keys = site.memory().keys(it.layer());
    var values = site.memory().values(it.layer());
    site.tasks()
        .task(
            site.launches().next("store", Extent.ROWS, 1),
            AttentionKernels::store,
            site.context(),
            site.memory().step,
            site.memory().tables,
            site.memory()
                .shape(
                    site.stride(it.key()),
                    it.key().offset(),
                    site.stride(it.value()),
                    it.value().offset(),
                    it.key().width()),
            site.memory().buffer(it.key()),
            site.memory().buffer(it.value()),
            keys.floats(),
            keys.words(),
            values.floats(),
            values.words(),
            keys.format());
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
                    site.stride(it.query()), it.query().offset(), it.heads(), it.keyHeads(), size),
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
            size);
  }
}
