package io.witan.models.residency;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory that a model could take now.
 *
 * @param availableBytes of the machine or the container, without what others use; pages of files
 *     that can be dropped count as free
 * @param heapBytes of these, what Java may still take for objects, such as keys and values
 */
record MachineMemory(long availableBytes, long heapBytes) {
  private static final Path MACHINE = Path.of("/proc/meminfo");

  /** Left for everything else in the heap. */
  private static final long HEAP_RESERVE = 192L << 20;

  static MachineMemory now() {
    return new MachineMemory(Math.min(machine(), ContainerMemory.available()), heap());
  }

  private static long machine() {
    try {
      return Files.readAllLines(MACHINE).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseGet(MachineMemory::free);
    } catch (IOException notLinux) {
      return free();
    }
  }

  private static long free() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getFreeMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  /** From what was alive after the last collection, for garbage is no obstacle. */
  private static long heap() {
    long alive = 0;
    for (var pool : ManagementFactory.getMemoryPoolMXBeans()) {
      var usage = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP && usage != null) {
        alive += usage.getUsed();
      }
    }
    return Math.max(0, Runtime.getRuntime().maxMemory() - alive - HEAP_RESERVE);
  }
}
