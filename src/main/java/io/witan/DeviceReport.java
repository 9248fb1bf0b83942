package io.witan;

import io.witan.engine.LanguageModel;
import io.witan.engine.ModelBenchmark;
import io.witan.engine.ModelFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device gives, beside what a model's steps make of it.
 *
 * @param bytesPerSecond that a kernel reads of the device's memory
 * @param startSeconds until a graph of one kernel that does nothing has run
 * @param launchSeconds of each further such kernel
 * @param activeBytes weights that one token meets
 * @param cacheBytesPerToken keys and values of one position
 */
record DeviceReport(
    String name,
    double bytesPerSecond,
    double startSeconds,
    double launchSeconds,
    long activeBytes,
    long cacheBytesPerToken) {

  /** Null on the processor. */
  static @Nullable DeviceReport of(LanguageModel model, Path path) {
    var speed = model.measureDevice();
    if (speed == null) {
      return null;
    }
    try (var file = ModelFile.open(path)) {
      var inspected = file.inspect();
      double share = (double) inspected.activeParameters() / inspected.parameters();
      return new DeviceReport(
          model.device().name(),
          speed.bytesPerSecond(),
          speed.startSeconds(),
          speed.launchSeconds(),
          Math.round(share * inspected.memory().weightBytes()),
          model.cacheBytesPerToken());
    }
  }

  void print(
      PrintWriter out, List<ModelBenchmark.Result> results, List<ModelBenchmark.AtPosition> later) {
    out.printf(
        "%s: a kernel reads %.1f GB/s; %.0f µs to start a step, %.1f µs for each kernel%n",
        name, bytesPerSecond / 1e9, startSeconds * 1e6, launchSeconds * 1e6);
    for (var result : results) {
      if (result.sequences() == 1) {
        line(out, result.promptTokens(), result.generatedPerSecond());
      }
    }
    for (var result : later) {
      line(out, result.position(), result.generatedPerSecond());
    }
  }

  private void line(PrintWriter out, int position, double tokensPerSecond) {
    double bytes = activeBytes + (double) position * cacheBytesPerToken;
    out.printf(
        "after %,d positions a token reads %,.1f MB: %.1f %% of that%n",
        position, bytes / 1e6, 100 * bytes * tokensPerSecond / bytesPerSecond);
  }
}
