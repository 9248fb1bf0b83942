package uk.ac.manchester.tornado.api;

/** What a kernel knows of the work item that runs it. */
public class KernelContext {
  public final Integer globalIdx;
  public final Integer groupIdx;
  public final Integer localIdx;
  public final Integer globalGroupSizeX;
  public final Integer localGroupSizeX;
  private final WorkGroup group;

  /** The one that a task is made with; every work item gets its own. */
  public KernelContext() {
    this(null, 0, 0, 0, 0);
  }

  KernelContext(WorkGroup group, int groupIndex, int localIndex, int localSize, int globalSize) {
    this.group = group;
    this.groupIdx = groupIndex;
    this.localIdx = localIndex;
    this.localGroupSizeX = localSize;
    this.globalGroupSizeX = globalSize;
    this.globalIdx = groupIndex * localSize + localIndex;
  }

  /** Waits until all items of the group are here. */
  public void localBarrier() {
    group.barrier(localIdx);
  }

  /** Waits likewise, and for what they wrote to global memory. */
  public void globalBarrier() {
    group.barrier(localIdx);
  }

  public int[] allocateIntLocalArray(int size) {
    return group.shared(localIdx, int[].class, () -> new int[size]);
  }

  public float[] allocateFloatLocalArray(int size) {
    return group.shared(localIdx, float[].class, () -> garbage(size));
  }

  private static float[] garbage(int size) {
    var array = new float[size];
    java.util.Arrays.fill(array, Float.NaN);
    return array;
  }
}
