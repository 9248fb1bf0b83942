package io.witan.models.remote;

import io.witan.shared.InvalidInput;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where a remote generator's API begins, such as {@code http://gpu.example:8000/v1}.
 *
 * @param base without a slash at its end
 */
record RemoteAddress(URI base) {
  private static final int MOST_LENGTH = 500;

  /**
   * Reads what an administrator gives; an address without a path gets {@code /v1}, where such APIs
   * begin.
   *
   * @throws InvalidInput if it is no such address
   * @throws AddressRefused if it is one that no generator can have
   */
  static RemoteAddress of(String text) {
    var uri = uri(text.strip());
    var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    var host = uri.getHost();
    if ((!scheme.equals("http") && !scheme.equals("https")) || host == null) {
      throw new InvalidInput("address", "must begin with http:// or https:// and name a host");
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new InvalidInput("address", "must have no password, “?” or “#”; give the key apart");
    }
    refuseLiteral(host);
    var path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    var lower = host.toLowerCase(Locale.ROOT);
    return new RemoteAddress(
        URI.create(scheme + "://" + lower + port + (path.isEmpty() ? "/v1" : path)));
  }

  private static URI uri(String text) {
    try {
      if (text.length() > MOST_LENGTH) {
        throw new InvalidInput("address", "may have at most " + MOST_LENGTH + " characters");
      }
      return new URI(text);
    } catch (URISyntaxException invalid) {
      throw new InvalidInput("address", "must be an address such as http://gpu.example:8000/v1");
    }
  }

  /** Names are looked up when they are called; see {@link ForbiddenAddresses}. */
  private static void refuseLiteral(String host) {
    if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
      return;
    }
    try {
      ForbiddenAddresses.refuseForbidden(InetAddress.getByName(host));
    } catch (UnknownHostException invalid) {
      throw new InvalidInput("address", "has a host that is no address");
    }
  }

  /** The host, with its port where that is not the usual one: what people are told. */
  String host() {
    return base.getRawAuthority();
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
