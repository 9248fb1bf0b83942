package uk.ac.manchester.tornado.api;

/** How many work items run a kernel, and how many of them in a group. */
public interface WorkerGrid {
  void setGlobalWork(long x, long y, long z);

  void setLocalWork(long x, long y, long z);

  long[] getGlobalWork();

  long[] getLocalWork();
}
