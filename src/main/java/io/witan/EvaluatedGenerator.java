package io.witan;

import io.witan.evaluation.SearchedReading;
import io.witan.models.generation.Generator;
import io.witan.models.generation.Generators;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.remote.RemoteGenerators;
import io.witan.models.residency.GeneratorFile;
import io.witan.shared.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The generator that an evaluation measures: of a file, of the installation, or none. */
final class EvaluatedGenerator implements Generators, SearchedReading.Writers, AutoCloseable {
  private static final String REMOTE = "io.witan.models.remote";

  private final @Nullable Generator generator;
  private final @Nullable Path file;
  private final AutoCloseable opened;
  private volatile boolean writes = true;

  private EvaluatedGenerator(
      @Nullable Generator generator, @Nullable Path file, AutoCloseable opened) {
    this.generator = generator;
    this.file = file;
    this.opened = opened;
  }

  static EvaluatedGenerator none() {
    return new EvaluatedGenerator(null, null, () -> {});
  }

  static EvaluatedGenerator ofFile(Path file) {
    var opened = GeneratorFile.open(file, Clock.systemUTC());
    return checked(opened.generator(), file, opened);
  }

  /** The one that is active in an installation, here or elsewhere. */
  static EvaluatedGenerator ofInstallation(DataOption data, Consumer<String> progress) {
    var installation = Installation.open(data, progress, REMOTE);
    try {
      var wanted = installation.bean(ModelActivation.class).wanted();
      var local = wanted.model();
      var remote = wanted.remote();
      if (local != null) {
        var registry = installation.bean(ModelRegistry.class);
        var model = registry.find(local.toString());
        progress.accept("loading " + model.name());
        var file = registry.file(model);
        installation.close();
        return ofFile(file);
      }
      if (remote != null) {
        var generator = installation.bean(RemoteGenerators.class).generator(remote);
        progress.accept("questions and passages of the data set go to " + generator.info().host());
        return checked(
            generator,
            null,
            () -> {
              generator.close();
              installation.close();
            });
      }
      installation.close();
      return none();
    } catch (Failure failure) {
      installation.close();
      throw new CommandProblem(failure.detail());
    }
  }

  private static EvaluatedGenerator checked(
      Generator generator, @Nullable Path file, AutoCloseable opened) {
    var evaluated = new EvaluatedGenerator(generator, file, opened);
    if (!generator.info().chatTemplate()) {
      evaluated.close();
      throw new CommandProblem(
          "“%s” has no chat template, so the chat cannot ask it."
              .formatted(generator.info().name()));
    }
    return evaluated;
  }

  /** Null for quotes. */
  @Nullable Generator generator() {
    return generator;
  }

  /** Of the model, else “quotes”. */
  String name() {
    return generator == null ? "quotes" : generator.info().name();
  }

  /** Of the model's file, in hexadecimal; empty if there is none. */
  String sha256() throws IOException {
    if (file == null) {
      return "";
    }
    try (var in = Files.newInputStream(file)) {
      var sha = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[1 << 20];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public Optional<Generator> active() {
    return writes ? Optional.ofNullable(generator) : Optional.empty();
  }

  @Override
  public boolean hasModel() {
    return generator != null;
  }

  @Override
  public void model(boolean shall) {
    writes = shall;
  }

  @Override
  public void close() {
    try {
      opened.close();
    } catch (Exception unclosed) {
      throw new IllegalStateException(unclosed);
    }
  }
}
