package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Numbers outside the heap; every access is checked. */
public final class IntArray extends TornadoNativeArray {
  public IntArray(int numberOfElements) {
    super(numberOfElements, 4);
  }

  public static IntArray fromSegment(MemorySegment segment) {
    var array = new IntArray((int) (segment.byteSize() / 4));
    array.getSegment().copyFrom(segment);
    return array;
  }

  public static IntArray fromArray(int[] values) {
    return fromSegment(MemorySegment.ofArray(values));
  }

  public int get(int index) {
    return segment.getAtIndex(ValueLayout.JAVA_INT, index);
  }

  public void set(int index, int value) {
    segment.setAtIndex(ValueLayout.JAVA_INT, index, value);
  }

  public void init(int value) {
    for (int i = 0; i < size; i++) {
      set(i, value);
    }
  }

  @Override
  public TornadoNativeArray uninitialised() {
    var twin = new IntArray(size);
    twin.init(0x7FABCDEF);
    return twin;
  }
}
