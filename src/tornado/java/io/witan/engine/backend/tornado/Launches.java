package io.witan.engine.backend.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid1D;

/** The kernels of a step and how many work-groups each has. */
final class Launches {
  /** What a kernel's number of groups grows with. */
  enum Extent {
    ROWS,
    /** Rows times parts of the context. */
    SPLITS,
    WANTED_ROWS,
    FIXED
  }

  private record Launch(WorkerGrid1D grid, Extent extent, int each, int groups) {}

  private final List<Launch> launches = new ArrayList<>();
  private final GridScheduler scheduler = new GridScheduler();
  private final String graph;
  private final int lanes;

  Launches(String graph, int lanes) {
    this.graph = graph;
    this.lanes = lanes;
  }

  /**
   * The name for the next kernel.
   *
   * @param groups work-groups for one unit of the extent
   */
  String next(String kind, Extent extent, int groups) {
    return next(kind, extent, 1, groups);
  }

  /**
   * The name for the next kernel, whose groups take several units of the extent each.
   *
   * @param groups work-groups for {@code each} units
   */
  String next(String kind, Extent extent, int each, int groups) {
    var id = kind + launches.size();
    var grid = new WorkerGrid1D(groups * lanes);
    grid.setLocalWork(lanes, 1, 1);
    launches.add(new Launch(grid, extent, each, groups));
    scheduler.addWorkerGrid(graph + "." + id, grid);
    return id;
  }

  /** A kernel of one group in some graph, which runs outside of steps. */
  String add(String graph, String id) {
    var grid = new WorkerGrid1D(lanes);
    grid.setLocalWork(lanes, 1, 1);
    scheduler.addWorkerGrid(graph + "." + id, grid);
    return id;
  }

  GridScheduler grids() {
    return scheduler;
  }

  /** The grids of a step of so many rows; every kernel has one group at least. */
  GridScheduler gridsFor(int rows, int splits, int wanted) {
    for (var launch : launches) {
      int units =
          switch (launch.extent) {
            case ROWS -> rows;
            case SPLITS -> rows * splits;
            case WANTED_ROWS -> Math.max(1, wanted);
            case FIXED -> 1;
          };
      int blocks = Math.ceilDiv(units, launch.each);
      launch.grid.setGlobalWork((long) blocks * launch.groups * lanes, 1, 1);
    }
    return scheduler;
  }

  int count() {
    return launches.size();
  }

  int lanes() {
    return lanes;
  }
}
