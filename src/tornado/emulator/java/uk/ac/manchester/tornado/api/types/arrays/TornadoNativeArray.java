package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An array outside the heap; a device has its own copy of it. */
public abstract sealed class TornadoNativeArray permits FloatArray, IntArray {
  final int size;
  final MemorySegment segment;

  TornadoNativeArray(int size, int elementBytes) {
    this.size = size;
    this.segment = Arena.ofAuto().allocate((long) size * elementBytes, 64);
  }

  public int getSize() {
    return size;
  }

  public MemorySegment getSegment() {
    return segment;
  }

  public long getNumBytesOfSegment() {
    return segment.byteSize();
  }

  /** A device's copy before anything was copied: full of what nobody may rely on. */
  public abstract TornadoNativeArray uninitialised();
}
