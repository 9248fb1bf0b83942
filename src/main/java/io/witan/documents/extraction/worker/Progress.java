package io.witan.documents.extraction.worker;

import io.witan.documents.extraction.wire.Frame;
import io.witan.documents.extraction.wire.FrameOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntConsumer;

/** Sends progress to the parent, only where it changed by a few per cent. */
final class Progress implements IntConsumer {

  private static final int STEP = 3;

  private final FrameOutput output;
  private int last;

  Progress(FrameOutput output) {
    this.output = output;
  }

  @Override
  public void accept(int percent) {
    if (percent < last + STEP) {
      return;
    }
    last = percent;
    try {
      output.write(new Frame.Progress(Math.clamp(percent, 0, 100)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
