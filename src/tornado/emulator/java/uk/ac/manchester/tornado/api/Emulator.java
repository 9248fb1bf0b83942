package uk.ac.manchester.tornado.api;

import java.util.concurrent.atomic.AtomicLong;

/** Marks that these classes are the stand-in, not the SDK; counts what a device would do. */
public final class Emulator {
  /** Kernels started since the process began. */
  public static final AtomicLong LAUNCHES = new AtomicLong();

  /** Bytes copied to the device since the process began. */
  public static final AtomicLong BYTES_TO_DEVICE = new AtomicLong();

  /** Bytes copied back since the process began. */
  public static final AtomicLong BYTES_TO_HOST = new AtomicLong();

  private Emulator() {}
}
