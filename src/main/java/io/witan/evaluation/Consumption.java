package io.witan.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Processor time of this process and of the processes below it that live.
 *
 * @param byProcess process id to the time it has used so far
 */
public record Consumption(Map<Long, Duration> byProcess) {

  public static Consumption now() {
    var times = new HashMap<Long, Duration>();
    Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
        .forEach(
            process ->
                process
                    .info()
                    .totalCpuDuration()
                    .ifPresent(time -> times.put(process.pid(), time)));
    return new Consumption(times);
  }

  /** What was used after {@code earlier}; a process that ended in between is not counted. */
  public Consumption since(Consumption earlier) {
    var used = new HashMap<Long, Duration>();
    byProcess.forEach(
        (process, time) ->
            used.put(
                process, time.minus(earlier.byProcess().getOrDefault(process, Duration.ZERO))));
    return new Consumption(used);
  }

  public double cpuSeconds() {
    return byProcess.values().stream().mapToLong(Duration::toMillis).sum() / 1000.0;
  }

  /** Physical memory that this process holds, in bytes; empty where there is no /proc. */
  public static OptionalLong residentBytes() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException absent) {
      return OptionalLong.empty();
    }
  }
}
