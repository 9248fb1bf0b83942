package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Numbers outside the heap; every access is checked. */
public final class FloatArray extends TornadoNativeArray {
  public FloatArray(int numberOfElements) {
    super(numberOfElements, 4);
  }

  public static FloatArray fromSegment(MemorySegment segment) {
    var array = new FloatArray((int) (segment.byteSize() / 4));
    array.getSegment().copyFrom(segment);
    return array;
  }

  public static FloatArray fromArray(float[] values) {
    return fromSegment(MemorySegment.ofArray(values));
  }

  public float get(int index) {
    return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  public void set(int index, float value) {
    segment.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
  }

  public void init(float value) {
    for (int i = 0; i < size; i++) {
      set(i, value);
    }
  }

  @Override
  public TornadoNativeArray uninitialised() {
    var twin = new FloatArray(size);
    twin.init(Float.NaN);
    return twin;
  }
}
