package io.witan.catalogue;

/** What a person may do with a collection; each includes the ones before it. */
public enum Access {
  READ,
  CONTRIBUTE,
  MANAGE;

  public boolean includes(Access needed) {
    return compareTo(needed) >= 0;
  }
}
