package io.witan.models.fetch;

import io.witan.models.network.CheckedSockets;
import io.witan.shared.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Who may be asked for a file. Names are looked up once, what was found is checked and connected
 * to, and the socket checks again. A proxy looks names up by itself: what a name means here is
 * checked all the same, and what means nothing here is left to the proxy. Hosts that are allowed
 * are asked without it. Redirections are followed by {@link Download}, which asks here at every
 * hop.
 */
public final class Fetcher {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private final FetchSettings settings;
  private final Dns names;
  private final Function<HttpUrl, @Nullable String> tokens;
  private final @Nullable FetchProxy proxy;
  private final OkHttpClient http;

  /**
   * @param tokens says what a host is shown of who asks; null for nothing
   */
  Fetcher(FetchSettings settings, Dns names, Function<HttpUrl, @Nullable String> tokens) {
    this(settings, names, tokens, new OkHttpClient());
  }

  /**
   * @param trust whom it believes
   */
  Fetcher(
      FetchSettings settings,
      Dns names,
      Function<HttpUrl, @Nullable String> tokens,
      OkHttpClient trust) {
    this.settings = settings;
    this.names = names;
    this.tokens = tokens;
    this.proxy = FetchProxy.of(settings.proxy());
    this.http =
        trust
            .newBuilder()
            .proxy(Proxy.NO_PROXY)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
            .connectTimeout(CONNECT)
            .readTimeout(settings.idle())
            .build();
  }

  /** A file that can be fetched, and fetched again where it stopped. */
  public Download download(FetchAddress address) {
    return new Download(this, address);
  }

  /**
   * Refuses before anything is connected what can be refused without asking anybody.
   *
   * @throws FetchAddressRefused if it is http to a host that is not allowed, or an address that is
   *     not of the internet
   */
  public void check(FetchAddress address) {
    client(address.url());
    var host = address.url().host();
    if (host.contains(":") || host.matches("[0-9.]+")) {
      try {
        checkAddress(address.url(), InetAddress.getByName(host));
      } catch (UnknownHostException invalid) {
        throw new FetchAddressRefused(host, "it is no address");
      }
    }
  }

  /** A client that connects to this host only where that is allowed. */
  OkHttpClient client(HttpUrl url) {
    if (!url.isHttps() && !settings.allows(url)) {
      throw new FetchAddressRefused(url.host(), "the address must begin with https://");
    }
    var through = proxy;
    if (through != null && !settings.allows(url)) {
      checkAsFarAsKnown(url);
      var client = http.newBuilder();
      through.join(client);
      return client.build();
    }
    return http.newBuilder()
        .dns(host -> lookUp(url, host))
        .socketFactory(new CheckedSockets(found -> checkAddress(url, found)))
        .build();
  }

  /** The proxy's own look-up may differ; who runs the machine has chosen it. */
  private void checkAsFarAsKnown(HttpUrl url) {
    try {
      names.lookup(url.host()).forEach(address -> checkAddress(url, address));
    } catch (UnknownHostException leftToTheProxy) {
      // inside of many networks only the proxy knows the names of the internet
    }
  }

  /** What the host is shown of who asks; null for nothing. */
  @Nullable String token(HttpUrl url) {
    return tokens.apply(url);
  }

  private List<InetAddress> lookUp(HttpUrl url, String host) throws UnknownHostException {
    var found = names.lookup(host);
    try {
      found.forEach(address -> checkAddress(url, address)); // one bad one spoils the name
    } catch (Failure refused) {
      throw (UnknownHostException) new UnknownHostException(host).initCause(refused);
    }
    return found;
  }

  private void checkAddress(HttpUrl url, InetAddress address) {
    if (!settings.allows(url) && !PublicAddresses.has(address)) {
      throw new FetchAddressRefused(
          url.host(), "its address %s is not one of the internet".formatted(shown(address)));
    }
  }

  private static String shown(InetAddress address) {
    return address.getHostAddress();
  }

  /** The failure that is the reason of an exception, or else the exception. */
  static IOException unwrapped(IOException thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      if (each instanceof Failure failure) {
        throw failure;
      }
    }
    return thrown;
  }
}
