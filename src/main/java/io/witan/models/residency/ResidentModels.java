package io.witan.models.residency;

import io.witan.engine.EngineDevice;
import io.witan.engine.serving.ServingStatistics;
import io.witan.models.generation.Generator;
import io.witan.models.generation.Generators;
import io.witan.models.registry.AdapterRegistry;
import io.witan.models.registry.ModelActivation;
import io.witan.models.registry.ModelActivation.Wanted;
import io.witan.models.registry.ModelFileMissing;
import io.witan.models.registry.ModelRegistry;
import io.witan.models.registry.RegisteredModel;
import io.witan.models.remote.RemoteGenerator;
import io.witan.models.remote.RemoteGenerators;
import io.witan.shared.Failure;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Keeps in memory the model that the installation wants, and follows what it wants: looks every two
 * seconds, loads beside the one that answers, and replaces it in one step. What has begun is
 * finished by the one that began it.
 */
@Component
public class ResidentModels implements Generators, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ResidentModels.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ModelActivation activation;
  private final ModelRegistry registry;
  private final AdapterRegistry adapters;
  private final RemoteGenerators remotes;
  private final GeneratorSettings settings;
  private final EngineSettings engine;
  private final Clock clock;

  private final Following following =
      new Following("resident-models", this::untilNextLook, this::look);
  private boolean wasReachable = true; // used by one thread only

  private volatile @Nullable AnsweringModel current;
  private volatile Residency state = Residency.empty();

  /** What was last followed; this and the next are used by one thread only. */
  private @Nullable RegisteredModel missing;

  private @Nullable Wanted followed;

  /** What came of it. */
  private Residency settled = Residency.empty();

  ResidentModels(
      ModelActivation activation,
      ModelRegistry registry,
      AdapterRegistry adapters,
      RemoteGenerators remotes,
      GeneratorSettings settings,
      EngineSettings engine,
      Clock clock) {
    this.activation = activation;
    this.registry = registry;
    this.adapters = adapters;
    this.remotes = remotes;
    this.settings = settings;
    this.engine = engine;
    this.clock = clock;
  }

  @Override
  public Optional<Generator> active() {
    return Optional.ofNullable(current).map(AnsweringModel::generator);
  }

  @Override
  public void forget(String key) {
    var resident = current;
    if (resident != null) {
      resident.forget(key);
    }
  }

  @Override
  public void forgetPrivate() {
    var resident = current;
    if (resident != null) {
      resident.forgetPrivate();
    }
  }

  /** What is in memory, and what is about to be. */
  public Residency residency() {
    return state;
  }

  /** How the active model runs here. */
  public ModelSpeed speed() {
    var resident = current;
    if (resident == null) {
      return new ModelSpeed(0, 0, 0);
    }
    var generator = resident.generator();
    return new ModelSpeed(
        generator.info().contextTokens(),
        generator.promptTokensPerSecond(),
        resident.generatedTokensPerSecond());
  }

  /** What the active model runs on; empty if none does here. */
  public Optional<EngineDevice> device() {
    return Optional.ofNullable(current).flatMap(AnsweringModel::device);
  }

  /** What the active model's server does and has done; empty if there is none. */
  Optional<ServingStatistics> statistics() {
    return Optional.ofNullable(current).map(AnsweringModel::statistics);
  }

  /** The same, as people see it. */
  GeneratorStatistics shownStatistics() {
    var resident = current;
    return resident == null
        ? GeneratorStatistics.none()
        : GeneratorStatistics.of(resident.known().name(), resident.statistics());
  }

  /** Whether a model fits now, and how it would run. */
  public ModelFit fit(RegisteredModel model) {
    var fit = ModelFit.of(model, adapters.bytesOf(model), settings, MachineMemory.now());
    var resident = current;
    return engine.place(fit, resident == null ? 0 : resident.deviceBytes());
  }

  /** Begins to follow what is wanted. */
  @EventListener(ApplicationReadyEvent.class)
  void start() {
    following.start();
  }

  /**
   * Looks now instead of within two seconds.
   *
   * @param model that was activated, shown as being loaded from now on; null for none
   */
  void hurry(@Nullable KnownModel model) {
    var resident = current;
    if (model != null && (resident == null || !resident.id().equals(model.id()))) {
      state = Residency.of(resident).loading(model);
    }
    following.hurry();
  }

  private Duration untilNextLook() {
    return followed == null ? Duration.ZERO : LOOK_EVERY;
  }

  private void look() {
    try {
      follow();
      followAdapters();
      wasReachable = true;
    } catch (DataAccessException | TransactionException unreachable) {
      if (wasReachable && !Thread.currentThread().isInterrupted()) {
        log.warn("wanted model unknown cause={}", unreachable.getClass().getSimpleName());
      }
      wasReachable = false;
    } catch (RuntimeException | Error unforeseen) {
      log.error("wanted model not followed", unforeseen);
    }
  }

  private void follow() {
    replaceIfDied();
    var wanted = activation.wanted();
    if (wanted.equals(followed) && !hasCome()) {
      state = settled; // somebody who hurried us may have come too late
      return;
    }
    var resident = current;
    missing = null;
    var local = wanted.model();
    var id = local == null ? wanted.remote() : local.value();
    if (id == null) {
      replace(null);
      settle(Residency.of(null));
    } else if (resident != null && resident.id().equals(id)) {
      settle(Residency.of(resident));
    } else if (local != null) {
      load(registry.find(local.toString()));
    } else {
      turnTo(remotes.find(id));
    }
    followed = wanted;
  }

  /** Whether the file of the wanted model, which was not here, is here now. */
  private boolean hasCome() {
    return missing != null && registry.find(missing.id().toString()).present();
  }

  private void followAdapters() {
    var resident = current;
    if (resident != null) {
      resident.follow(adapters);
    }
  }

  /** Forgets a model that an error has ended, so that it is loaded anew. */
  private void replaceIfDied() {
    var resident = current;
    if (resident != null && resident.hasDied()) {
      log.error("model ended by an error, is loaded anew modelId={}", resident.id());
      replace(null);
      followed = null;
    }
  }

  /** Nothing is loaded, and nothing is sent before somebody asks. */
  private void turnTo(RemoteGenerator remote) {
    replace(new RemoteModel(KnownModel.of(remote), remotes.generator(remote.id())));
    settle(Residency.of(current));
    log.info("remote generator active remoteId={} host={}", remote.id(), remote.host());
  }

  private void load(RegisteredModel model) {
    var known = KnownModel.of(model);
    missing = model.present() ? null : model;
    state = Residency.of(current).loading(known);
    long start = System.nanoTime();
    try {
      if (missing != null) {
        throw new ModelFileMissing(model.name()); // it was activated where the file is
      }
      var loaded =
          ResidentModel.load(
              model,
              registry.file(model),
              engine.on(settings.engine(fit(model).orRefuse(model))),
              settings,
              clock);
      if (Thread.currentThread().isInterrupted()) {
        loaded.close(Duration.ZERO); // the process ends
        return;
      }
      replace(loaded);
      settle(Residency.of(loaded));
      log.info(
          "model loaded modelId={} backend={} device={} why={} contextTokens={}"
              + " promptTokensPerSecond={} millis={}",
          model.id(),
          loaded.device().map(EngineDevice::backend).orElse(""),
          loaded.device().map(EngineDevice::name).orElse(""),
          loaded.device().map(EngineDevice::reason).orElse(""),
          loaded.generator().info().contextTokens(),
          Math.round(loaded.generator().promptTokensPerSecond()),
          (System.nanoTime() - start) / 1_000_000);
    } catch (Failure failure) {
      settle(Residency.of(current).failed(known, failure));
      log.error("model not loaded modelId={} code={}", model.id(), failure.code(), failure);
    } catch (RuntimeException | Error failure) {
      settle(Residency.of(current).failed(known, new ModelNotLoaded(model.name(), failure)));
      log.error("model not loaded modelId={}", model.id(), failure);
    }
  }

  private void settle(Residency outcome) {
    settled = outcome;
    state = outcome;
  }

  private void replace(@Nullable AnsweringModel next) {
    var before = current;
    current = next;
    if (before != null) {
      before.retire();
    }
  }

  /** Ends what is being written. */
  @Override
  public void close() throws InterruptedException {
    following.stop(GRACE);
    var resident = current;
    current = null;
    if (resident != null) {
      resident.close(GRACE);
    }
  }
}
