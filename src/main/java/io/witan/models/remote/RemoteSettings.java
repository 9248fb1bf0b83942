package io.witan.models.remote;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code witan.models.remote.*}.
 *
 * @param running requests that a remote generator is sent at once
 * @param queued requests that may wait here
 * @param queuedPerOwner of these, of one person
 */
@ConfigurationProperties("witan.models.remote")
record RemoteSettings(
    @DefaultValue("16") int running,
    @DefaultValue("128") int queued,
    @DefaultValue("16") int queuedPerOwner) {
  RemoteSettings {
    check(running, "running");
    check(queued, "queued");
    check(queuedPerOwner, "queued-per-owner");
  }

  private static void check(int value, String name) {
    if (value < 1 || value > 1024) {
      throw new IllegalArgumentException(
          "witan.models.remote.%s must be 1 to 1024, not %d".formatted(name, value));
    }
  }
}
