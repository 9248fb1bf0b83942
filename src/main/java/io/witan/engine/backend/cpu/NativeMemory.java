package io.witan.engine.backend.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * All of the process's memory as one segment, for the innermost loops. Its kind, its size and its
 * lifetime are constants to the compiler, and an address that is {@link #plain} is inside of it
 * whatever is added: nothing is left to be checked in a loop, and addresses fold into the
 * instructions. (Measured beside the tensors' own segments: 1.5 to 2 times as fast.) What is read
 * must have been checked by {@link #address} before, and its segment be alive: {@link CpuProgram}
 * runs no step once it is closed.
 */
final class NativeMemory {
  /** Offsets are addresses. */
  @SuppressWarnings("restricted")
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  /** Above all addresses of a process. */
  private static final long MOST = (1L << 52) - 1;

  private NativeMemory() {}

  /**
   * The address of bytes of a native segment, which must stay reachable while they are used.
   *
   * @throws IndexOutOfBoundsException if they are not all inside
   */
  static long address(MemorySegment segment, long at, long bytes) {
    Objects.checkFromIndexSize(at, bytes, segment.byteSize());
    return segment.address() + at;
  }

  /** The same address, and the compiler knows that it is positive and small. */
  static long plain(long address) {
    return address & MOST;
  }
}
