package io.witan.models.residency;

import io.witan.engine.EngineDevice;
import io.witan.engine.serving.ServingStatistics;
import io.witan.models.generation.Generator;
import io.witan.models.registry.AdapterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** What answers now, and those who ask it. */
sealed interface AnsweringModel permits ResidentModel, RemoteModel {
  KnownModel known();

  Generator generator();

  default UUID id() {
    return known().id();
  }

  /** Whether an error has ended it: what it had begun has failed, and it takes nothing more. */
  boolean hasDied();

  /** What it runs on; empty for what does not run here. */
  default Optional<EngineDevice> device() {
    return Optional.empty();
  }

  /** What its weights, keys and values take of a device's memory; 0 on the processor. */
  default long deviceBytes() {
    return 0;
  }

  /** Tokens that one request alone is given in a second; 0 if nobody knows. */
  double generatedTokensPerSecond();

  /** Of what does not run here, what is known from here. */
  ServingStatistics statistics();

  /** Loads the adapters that it shall have, and lets go of the others. */
  default void follow(AdapterRegistry registry) {}

  void forget(String key);

  void forgetPrivate();

  /** Lets go once everything that it has begun has ended; returns at once. */
  void retire();

  /** Lets go; what has not ended by then is ended. */
  void close(Duration grace);
}
