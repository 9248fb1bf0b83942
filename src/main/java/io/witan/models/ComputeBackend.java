package io.witan.models;

import org.springframework.stereotype.Component;

/** What computes models on this machine. */
@Component
class ComputeBackend {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  /**
   * The back end that would run a model now.
   *
   * @param available whether this process could use it
   */
  record BackendDescription(String id, String name, String detail, boolean available) {}

  BackendDescription describe() {
    int processors = Runtime.getRuntime().availableProcessors();
    boolean vectors = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
    return new BackendDescription(
        "cpu",
        "CPU",
        "%d %s (%s); Vector API %s"
            .formatted(
                processors,
                processors == 1 ? "processor" : "processors",
                System.getProperty("os.arch"),
                vectors ? "present" : "absent: start Java with --add-modules " + VECTOR_MODULE),
        true);
  }
}
