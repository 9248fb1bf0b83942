package io.witan;

import io.witan.chat.GivenAnswers;
import io.witan.evaluation.GivenReading;
import io.witan.models.Embedders;
import io.witan.models.ModelSettings;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of evaluations that say who reads. */
final class ReaderOptions {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "A GGUF file; if absent, the active model of the installation, or quotes.")
  private @Nullable Path model;

  @Option(names = "--quotes", description = "Measure quotes only, whatever is active.")
  private boolean quotes;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "At most so many questions of each data set, evenly spread.")
  int sample = Integer.MAX_VALUE;

  @Mixin private DataOption data = new DataOption();

  EvaluatedGenerator open(Consumer<String> progress) {
    if (quotes) {
      return EvaluatedGenerator.none();
    }
    var file = model;
    return file != null
        ? EvaluatedGenerator.ofFile(file)
        : EvaluatedGenerator.ofInstallation(data, progress);
  }

  /** The reading of what is given; the caller closes the embedders. */
  static GivenReading given(Embedders embedders, EvaluatedGenerator evaluated) {
    var generator = evaluated.generator();
    return new GivenReading(
        embedders,
        generator == null ? null : new GivenAnswers(embedders, generator),
        new GivenAnswers(embedders, null));
  }

  static Embedders embedders() {
    Installation.errorsOnly(); // standard output is for results
    return Embedders.load(ModelSettings.defaults());
  }
}
