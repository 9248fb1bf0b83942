package io.witan.models.fetch;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy.
 *
 * @param credentials what it is told of who asks; null for nothing
 */
record FetchProxy(String host, int port, @Nullable String credentials) {
  private static final int UNAUTHENTICATED = 407;
  private static final String TOLD = "Proxy-Authorization";

  /** Null if the setting is empty. */
  static @Nullable FetchProxy of(@Nullable String setting) {
    if (setting == null || setting.isBlank()) {
      return null;
    }
    var url = HttpUrl.parse(setting.strip());
    if (url == null || url.isHttps()) {
      throw new IllegalArgumentException("witan.models.fetch.proxy must be http://host:port");
    }
    var credentials =
        url.username().isEmpty() ? null : Credentials.basic(url.username(), url.password());
    return new FetchProxy(url.host(), url.port(), credentials);
  }

  /** Lets a client ask through it. */
  void join(OkHttpClient.Builder client) {
    client.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port)));
    if (credentials != null) {
      client.proxyAuthenticator(
          (route, answer) ->
              answer.code() == UNAUTHENTICATED && answer.request().header(TOLD) != null
                  ? null // it was told already
                  : answer.request().newBuilder().header(TOLD, credentials).build());
    }
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
