package io.witan.models.residency;

import io.witan.engine.EngineDevice;
import io.witan.engine.EngineException;
import io.witan.engine.EngineOptions;
import io.witan.engine.LanguageModel;
import io.witan.engine.serving.GenerationServer;
import io.witan.engine.serving.ServingStatistics;
import io.witan.models.generation.GeneratorInfo;
import io.witan.models.registry.AdapterRegistry;
import io.witan.models.registry.RegisteredModel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A model in memory, and those who ask it. */
final class ResidentModel implements AnsweringModel {
  /** Requests have limits of their own; this is for those whose limit is longer. */
  private static final Duration LONGEST_FAREWELL = Duration.ofMinutes(15);

  private static final Duration GRACE = Duration.ofSeconds(10);

  private final RegisteredModel registered;
  private final LanguageModel model;
  private final GenerationServer server;
  private final LocalGenerator generator;
  private final ResidentAdapters adapters;

  private ResidentModel(
      RegisteredModel registered,
      LanguageModel model,
      GenerationServer server,
      ResidentAdapters adapters,
      LocalGenerator generator) {
    this.registered = registered;
    this.model = model;
    this.server = server;
    this.adapters = adapters;
    this.generator = generator;
  }

  /**
   * Loads a model and measures it.
   *
   * @throws ModelNotLoaded if the engine refuses it
   */
  static ResidentModel load(
      RegisteredModel registered,
      Path file,
      EngineOptions options,
      GeneratorSettings settings,
      Clock clock) {
    LanguageModel model;
    try {
      model = LanguageModel.load(file, options);
    } catch (EngineException | OutOfMemoryError failure) {
      throw new ModelNotLoaded(registered.name(), failure);
    }
    try {
      return serve(registered, model, settings, clock);
    } catch (EngineException | OutOfMemoryError failure) {
      model.close();
      throw new ModelNotLoaded(registered.name(), failure);
    } catch (RuntimeException | Error failure) {
      model.close();
      throw failure;
    }
  }

  private static ResidentModel serve(
      RegisteredModel registered, LanguageModel model, GeneratorSettings settings, Clock clock) {
    var writer = model.promptWriter(clock);
    var info =
        new GeneratorInfo(
            registered.id().toString(),
            registered.name(),
            true,
            model.contextTokens(),
            writer.hasTemplate(),
            null,
            registered.builtIn() != null);
    var server = new GenerationServer(model, settings.serving());
    try {
      var speed = ReadingSpeed.measure(server, writer, model.contextTokens());
      var adapters = new ResidentAdapters(model, server);
      var generator =
          new LocalGenerator(info, server, writer, speed, model::outputGrammars, adapters);
      return new ResidentModel(registered, model, server, adapters, generator);
    } catch (RuntimeException | Error failure) {
      server.close(Duration.ZERO);
      throw failure;
    }
  }

  @Override
  public KnownModel known() {
    return KnownModel.of(registered);
  }

  @Override
  public boolean hasDied() {
    return !server.isAlive();
  }

  @Override
  public Optional<EngineDevice> device() {
    return Optional.of(model.device());
  }

  @Override
  public long deviceBytes() {
    return model.device().isSeparate()
        ? registered.bytes() + model.cacheTokens() * model.cacheBytesPerToken()
        : 0;
  }

  @Override
  public LocalGenerator generator() {
    return generator;
  }

  @Override
  public double generatedTokensPerSecond() {
    return generator.generatedTokensPerSecond();
  }

  @Override
  public ServingStatistics statistics() {
    return generator.statistics();
  }

  @Override
  public void follow(AdapterRegistry registry) {
    adapters.follow(registry.of(registered.id()), registry::file);
  }

  @Override
  public void forget(String key) {
    generator.forget(key);
  }

  @Override
  public void forgetPrivate() {
    generator.forgetPrivate();
  }

  @Override
  public void retire() {
    generator
        .retire()
        .completeOnTimeout(null, LONGEST_FAREWELL.toSeconds(), TimeUnit.SECONDS)
        .whenComplete(
            (all, failure) -> Thread.ofVirtual().name("model-farewell").start(() -> close(GRACE)));
  }

  @Override
  public void close(Duration grace) {
    generator.retire();
    server.close(grace);
    model.close();
  }
}
