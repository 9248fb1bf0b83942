package io.witan.models.residency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux's control groups leave to this process: of version 2 or 1, of its own group and of all
 * that contain it. Pages of files that can be dropped count as free.
 */
final class ContainerMemory {
  private static final Path MOUNTED = Path.of("/sys/fs/cgroup");
  private static final Path OWN = Path.of("/proc/self/cgroup");

  private ContainerMemory() {}

  /** The names of one version's files, and of what can be dropped. */
  private record Names(String limit, String used, List<String> droppable) {
    static final Names SECOND =
        new Names("memory.max", "memory.current", List.of("inactive_file ", "active_file "));
    static final Names FIRST =
        new Names(
            "memory.limit_in_bytes",
            "memory.usage_in_bytes",
            List.of("total_inactive_file ", "total_active_file "));
  }

  /** Bytes; as many as there can be where nothing is limited. */
  static long available() {
    return available(MOUNTED, OWN);
  }

  /**
   * @param mounted where the groups are shown
   * @param own a file with the groups of this process, as the kernel writes it
   */
  static long available(Path mounted, Path own) {
    long least = Long.MAX_VALUE;
    try {
      for (var line : Files.readAllLines(own)) {
        var parts = line.split(":", 3);
        if (parts.length == 3 && parts[1].isEmpty()) {
          least = Math.min(least, leastOf(mounted, parts[2], Names.SECOND));
        } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
          least = Math.min(least, leastOf(mounted.resolve("memory"), parts[2], Names.FIRST));
        }
      }
      return least;
    } catch (IOException notLinux) {
      return Long.MAX_VALUE;
    }
  }

  /** A container may see its own group as the outermost one, whatever it is called outside. */
  private static long leastOf(Path mounted, String path, Names names) {
    var outermost = mounted.normalize();
    long least = left(outermost, names);
    var group = outermost;
    for (var name : Path.of(path.replaceFirst("^/+", "")).normalize()) {
      group = group.resolve(name);
      least = Math.min(least, left(group, names));
    }
    return least;
  }

  private static long left(Path group, Names names) {
    try {
      long limit = Long.parseLong(Files.readString(group.resolve(names.limit)).strip());
      long used = Long.parseLong(Files.readString(group.resolve(names.used)).strip());
      var statistics = Files.readAllLines(group.resolve("memory.stat"));
      long droppable = names.droppable.stream().mapToLong(name -> valueOf(statistics, name)).sum();
      return Math.max(0, limit - used + droppable);
    } catch (IOException | NumberFormatException unlimited) { // "max", or no such group here
      return Long.MAX_VALUE;
    }
  }

  private static long valueOf(List<String> statistics, String name) {
    return statistics.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length()).strip()))
        .sum();
  }
}
