package io.witan.models.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okhttp3.Credentials;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetching over HTTPS, with a token, and through a proxy. */
class SecureDownloadTests {
  private static final String TOKEN = "hf_never_elsewhere";
  private static final byte[] PUBLIC = {93, (byte) 184, (byte) 216, 34};
  private static final Receiver QUIET =
      new Receiver() {
        @Override
        public void begins(long offset, long size, @Nullable String validator) {}

        @Override
        public void received(long bytes) {}
      };

  @TempDir private Path folder = Path.of(".");
  private final byte[] content = new byte[200_000];
  private KeyStore keys;
  private OkHttpClient trust;
  private SecureServer server;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    new Random(3).nextBytes(content);
    keys = SecureServer.keys(folder);
    trust = SecureServer.trusting(keys);
    server = new SecureServer(keys, content);
    file = folder.resolve("incoming/one.part");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static FetchSettings settings(@Nullable String proxy, String... allowed) {
    return new FetchSettings(
        List.of(allowed), proxy, Duration.ofSeconds(5), 0, Duration.ofMillis(1));
  }

  private void fetch(Fetcher fetcher, String url) throws IOException {
    fetcher.download(FetchAddress.of(url)).attempt(file, null, QUIET);
  }

  @Test
  void fetchesOverHttpsFromWhomItTrusts() throws IOException {
    fetch(new Fetcher(settings(null, server.host()), Dns.SYSTEM, url -> null, trust), server.url());

    assertThat(file).hasBinaryContent(content);
    assertThat(server.asked().getFirst()).doesNotContainKey("Authorization");
  }

  @Test
  void believesNoCertificateThatNobodyKnows() {
    var fetcher = new Fetcher(settings(null, server.host()), Dns.SYSTEM, url -> TOKEN);

    assertThatThrownBy(() -> fetch(fetcher, server.url()))
        .isInstanceOf(FetchFailed.class)
        .hasMessageContaining("certificate");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void showsATokenToItsHostAndNotToTheOneItRedirectsTo() throws Exception {
    try (var other = new SecureServer(keys, content)) {
      server.redirect = other.url();
      var tokens = Map.of(server.port(), TOKEN);
      var allowed = settings(null, server.host(), other.host());

      fetch(new Fetcher(allowed, Dns.SYSTEM, url -> tokens.get(url.port()), trust), server.url());

      assertThat(file).hasBinaryContent(content);
      assertThat(server.asked().getFirst().get("Authorization")).containsExactly("Bearer " + TOKEN);
      assertThat(other.asked()).hasSize(1);
      assertThat(other.asked().getFirst()).doesNotContainKey("Authorization");
    }
  }

  @Test
  void asksThroughAProxyWhatIsOfTheInternet() throws IOException {
    Dns names = name -> List.of(InetAddress.getByAddress(name, PUBLIC));
    try (var proxy = new ConnectProxy(server.port())) {
      var through = "http://ann:pass@127.0.0.1:" + proxy.port();

      fetch(
          new Fetcher(settings(through), names, url -> TOKEN, trust),
          "https://models.example/tiny.gguf");

      assertThat(file).hasBinaryContent(content);
      assertThat(proxy.asked()).hasSize(1);
      assertThat(proxy.asked().getFirst())
          .startsWith("CONNECT models.example:443 ")
          .contains("Proxy-Authorization: " + Credentials.basic("ann", "pass"))
          .doesNotContain(TOKEN);
      assertThat(server.asked().getFirst().get("Authorization")).containsExactly("Bearer " + TOKEN);
      assertThat(server.asked().getFirst()).doesNotContainKey("Proxy-authorization");
    }
  }

  @Test
  void leavesToTheProxyWhatHasNoNameHere() throws IOException {
    Dns names =
        name -> {
          throw new UnknownHostException(name);
        };
    try (var proxy = new ConnectProxy(server.port())) {
      fetch(
          new Fetcher(settings("http://127.0.0.1:" + proxy.port()), names, url -> null, trust),
          "https://models.example/tiny.gguf");

      assertThat(file).hasBinaryContent(content);
    }
  }

  @Test
  void asksNoProxyForAPrivateAddressNorForAnAllowedHost() throws IOException {
    Dns names = name -> List.of(InetAddress.getByName("10.1.2.3"));
    try (var proxy = new ConnectProxy(server.port())) {
      var through = "http://127.0.0.1:" + proxy.port();
      var inside = new Fetcher(settings(through), names, url -> null, trust);
      var allowed = settings(through, server.host());

      assertThatThrownBy(() -> fetch(inside, "https://models.example/tiny.gguf"))
          .isInstanceOf(FetchAddressRefused.class);
      assertThatThrownBy(
              () ->
                  fetch(
                      new Fetcher(settings(through), Dns.SYSTEM, url -> null, trust), server.url()))
          .isInstanceOf(FetchAddressRefused.class);
      fetch(new Fetcher(allowed, Dns.SYSTEM, url -> null, trust), server.url());

      assertThat(file).hasBinaryContent(content);
      assertThat(proxy.asked()).isEmpty();
    }
  }

  @Test
  void theSettingsDoNotTellTheProxysPassword() {
    var settings = settings("http://ann:pass@proxy.example:3128");

    assertThat(settings.toString()).doesNotContain("pass");
    assertThat(String.valueOf(FetchProxy.of(settings.proxy()))).isEqualTo("proxy.example:3128");
    assertThatThrownBy(() -> settings("https://proxy.example"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
