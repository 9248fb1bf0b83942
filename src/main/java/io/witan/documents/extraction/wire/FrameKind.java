package io.witan.documents.extraction.wire;

/** The byte that says what a frame is. */
final class FrameKind {

  static final int READY = 1;
  static final int REQUEST = 2;
  static final int PROGRESS = 3;
  static final int DONE = 4;
  static final int FAILED = 5;

  private FrameKind() {}
}
