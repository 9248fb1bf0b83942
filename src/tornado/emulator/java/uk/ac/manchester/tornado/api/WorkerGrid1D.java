package uk.ac.manchester.tornado.api;

/** A grid in one dimension. */
public class WorkerGrid1D implements WorkerGrid {
  private long[] global;
  private long[] local = {1, 1, 1};

  public WorkerGrid1D(int x) {
    this.global = new long[] {x, 1, 1};
  }

  @Override
  public void setGlobalWork(long x, long y, long z) {
    global = new long[] {x, y, z};
  }

  @Override
  public void setLocalWork(long x, long y, long z) {
    local = new long[] {x, y, z};
  }

  @Override
  public long[] getGlobalWork() {
    return global.clone();
  }

  @Override
  public long[] getLocalWork() {
    return local.clone();
  }
}
