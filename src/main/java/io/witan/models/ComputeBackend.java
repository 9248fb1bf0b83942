package io.witan.models;

import org.springframework.stereotype.Component;

/** What computes models on this machine. */
@Component
class ComputeBackend {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /**
   * The back end that would run a model now.
   *
   * @param detail the rest in a sentence, in English
   * @param available whether this process could use it
   * @param architecture as the JVM names it, such as {@code amd64}
   * @param vectorApi whether the Vector API is there, without which it is slow
   */
  record BackendDescription(
      String id,
      String name,
      String detail,
      boolean available,
      int processors,
      String architecture,
      boolean vectorApi) {}

  BackendDescription describe() {
    int processors = Runtime.getRuntime().availableProcessors();
    var architecture = System.getProperty("os.arch");
    boolean vectors = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    return new BackendDescription(
        "cpu",
        "CPU",
        "%d %s (%s); Vector API %s"
            .formatted(
                processors,
                processors == 1 ? "processor" : "processors",
                architecture,
                vectors ? "present" : "absent: start Java with --add-modules " + VECTOR_MODULE),
        true,
        processors,
        architecture,
        vectors);
  }
}
