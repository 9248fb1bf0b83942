package io.witan.models.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code witan.models.fetch.*}.
 *
 * @param allowedHosts hosts, with or without a port, that may have a private address and may be
 *     asked over http
 * @param proxy {@code http://host:port} of an HTTP proxy, perhaps with {@code name:password@}, that
 *     all other hosts are asked through; null or empty for none
 * @param idle how long nothing may come before the connection counts as lost
 * @param retries how often a lost connection is tried again without anything having come
 * @param retryDelay before the first of these; doubled for each further one, a minute at most
 */
@ConfigurationProperties("witan.models.fetch")
public record FetchSettings(
    @DefaultValue List<String> allowedHosts,
    @Nullable String proxy,
    @DefaultValue("60s") Duration idle,
    @DefaultValue("6") int retries,
    @DefaultValue("2s") Duration retryDelay) {
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  public FetchSettings {
    allowedHosts =
        allowedHosts.stream()
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .filter(host -> !host.isEmpty())
            .toList();
    FetchProxy.of(proxy); // refuses to start with a wrong one
    if (!idle.isPositive() || retries < 0 || retryDelay.isNegative()) {
      throw new IllegalArgumentException(
          "witan.models.fetch: idle must be positive, retries and retry-delay not negative");
    }
  }

  /** Not the proxy, which may have a password. */
  @Override
  public String toString() {
    return "fetch settings";
  }

  /** Whether the administrator of the machine trusts that host, wherever it is. */
  boolean allows(HttpUrl url) {
    return allowedHosts.contains(url.host())
        || allowedHosts.contains(url.host() + ":" + url.port())
        || allowedHosts.contains("[" + url.host() + "]")
        || allowedHosts.contains("[" + url.host() + "]:" + url.port());
  }

  /** How long to wait before the next try, after so many that brought nothing. */
  public Duration delay(int failures) {
    var delay = retryDelay.multipliedBy(1L << Math.clamp(failures - 1L, 0, 16));
    return delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
  }
}
