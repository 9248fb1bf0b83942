package io.witan.models;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * What computes models: DOWN if it was named in the settings and is not there. No part of
 * readiness: answers are quotes without it.
 */
@Component("engine")
final class EngineHealth implements HealthIndicator {
  private final ComputeBackend backend;

  EngineHealth(ComputeBackend backend) {
    this.backend = backend;
  }

  @Override
  public Health health() {
    var now = backend.describe();
    var health = now.available() ? Health.up() : Health.down();
    health.withDetail("backend", now.id()).withDetail("device", now.name());
    if (now.reason() != null) {
      health.withDetail("reason", now.reason());
    }
    return health.build();
  }
}
