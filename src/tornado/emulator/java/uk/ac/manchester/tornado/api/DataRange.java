package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A part of an array, in elements. */
public class DataRange {
  private final TornadoNativeArray array;
  private long offset;
  private long size;

  public DataRange(TornadoNativeArray array) {
    this.array = array;
    this.size = array.getSize();
  }

  public DataRange withOffset(long elements) {
    offset = elements;
    return this;
  }

  public DataRange withSize(long elements) {
    size = elements;
    return this;
  }

  TornadoNativeArray array() {
    return array;
  }

  long offset() {
    return offset;
  }

  long size() {
    return size;
  }
}
