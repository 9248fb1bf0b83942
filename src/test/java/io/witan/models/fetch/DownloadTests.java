package io.witan.models.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.witan.shared.InvalidInput;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTests {
  @TempDir private Path folder;
  private FileServer server;
  private Path file;
  private final Told told = new Told();

  /** What was told last. */
  private static final class Told implements Receiver {
    private final List<Long> offsets = new ArrayList<>();
    private long total;
    private @Nullable String validator;

    @Override
    public void begins(long offset, long size, @Nullable String now) {
      offsets.add(offset);
      total = size;
      validator = now;
    }

    @Override
    public void received(long bytes) {}
  }

  @BeforeEach
  void start() {
    var content = new byte[300_000];
    new Random(1).nextBytes(content);
    server = new FileServer(content);
    file = folder.resolve("incoming/one.part");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static FetchSettings settings(String... allowed) {
    return new FetchSettings(
        List.of(allowed), null, Duration.ofSeconds(5), 3, Duration.ofMillis(1));
  }

  private Fetcher fetcher() {
    return new Fetcher(settings(server.host()), Dns.SYSTEM, any -> null);
  }

  private Download download() {
    return fetcher().download(FetchAddress.of(server.url()));
  }

  private void cutAt(int bytes) {
    server.cutAt = bytes;
    server.cuts.set(1);
    assertThatThrownBy(() -> download().attempt(file, null, told)).isInstanceOf(IOException.class);
    assertThat(file).hasSize(bytes);
  }

  @Test
  void goesOnWhereItStopped() throws IOException {
    cutAt(100_000);

    download().attempt(file, told.validator, told);

    assertThat(file).hasBinaryContent(server.content);
    assertThat(told.offsets).containsExactly(0L, 100_000L);
    assertThat(told.total).isEqualTo(300_000);
    assertThat(server.asked().getLast())
        .containsEntry("Range", List.of("bytes=100000-"))
        .containsEntry("If-range", List.of("\"one\""))
        .containsEntry("Accept-encoding", List.of("identity"));
  }

  @Test
  void beginsAnewIfTheFileThereIsAnotherOne() throws IOException {
    cutAt(100_000);
    server.tag = "\"two\"";
    new Random(2).nextBytes(server.content);

    download().attempt(file, told.validator, told);

    assertThat(file).hasBinaryContent(server.content);
    assertThat(told.offsets).containsExactly(0L, 0L);
    assertThat(told.validator).isEqualTo("\"two\"");
  }

  @Test
  void beginsAnewWhereRangesAreNotKnown() throws IOException {
    cutAt(100_000);
    server.knowsRanges = false;

    download().attempt(file, told.validator, told);

    assertThat(file).hasBinaryContent(server.content);
    assertThat(told.offsets).containsExactly(0L, 0L);
  }

  @Test
  void asksForNoRangeWhereNothingTellsOneContentFromAnother() throws IOException {
    server.tag = null;
    cutAt(100_000);
    assertThat(told.validator).isNull();

    download().attempt(file, told.validator, told);

    assertThat(file).hasBinaryContent(server.content);
    assertThat(server.asked().getLast()).doesNotContainKey("Range");
  }

  @Test
  void seesThatAllOfItWasThere() throws IOException {
    download().attempt(file, null, told);

    download().attempt(file, told.validator, told);

    assertThat(file).hasBinaryContent(server.content);
    assertThat(told.offsets).containsExactly(0L, 300_000L);
  }

  @Test
  void shortensWhatIsLongerThanTheFile() throws IOException {
    download().attempt(file, null, told);
    server.content = new byte[1000];
    server.tag = "\"two\"";

    download().attempt(file, told.validator, told);

    assertThat(file).hasBinaryContent(server.content);
  }

  @Test
  void takesAFileOfUnknownLength() throws IOException {
    server.tellsLength = false;

    download().attempt(file, null, told);

    assertThat(file).hasBinaryContent(server.content);
    assertThat(told.total).isEqualTo(-1);
  }

  @Test
  void followsARedirectionOfTheSameHost() throws IOException {
    server.redirect = "/moved/tiny.gguf";

    download().attempt(file, null, told);

    assertThat(file).hasBinaryContent(server.content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost:%d/tiny.gguf",
        "https://127.0.0.2:%d/tiny.gguf",
        "https://[::1]:%d/tiny.gguf",
        "https://[::ffff:127.0.0.2]:%d/tiny.gguf",
        "https://2130706434:%d/tiny.gguf",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/tiny.gguf",
        "//localhost:%d/tiny.gguf", // http as before, to a host that is not allowed
        "http://example.org/tiny.gguf"
      })
  void followsNoRedirectionToAPrivateAddress(String to) {
    server.redirect = to.formatted(server.port());

    assertThatThrownBy(() -> download().attempt(file, null, told))
        .isInstanceOf(FetchAddressRefused.class);

    assertThat(server.asked()).hasSize(1);
    assertThat(told.offsets).isEmpty();
  }

  @Test
  void doesNotFollowForEver() {
    server.redirect = "/again";

    assertThatThrownBy(() -> download().attempt(file, null, told))
        .isInstanceOf(FetchFailed.class)
        .hasMessageContaining("redirects again and again");

    assertThat(server.asked()).hasSize(6);
  }

  @Test
  void aNameWithOnePrivateAddressIsRefused() throws IOException {
    var mixed = List.of(InetAddress.getByName("8.8.8.8"), InetAddress.getByName("192.168.1.1"));
    var fetcher = new Fetcher(settings(), name -> mixed, any -> null);

    assertThatThrownBy(
            () ->
                fetcher
                    .download(FetchAddress.of("https://models.example/tiny.gguf"))
                    .attempt(file, null, told))
        .isInstanceOf(FetchAddressRefused.class)
        .hasMessageContaining("192.168.1.1");
  }

  /** What is connected to is what was checked, so that a second look-up can change nothing. */
  @Test
  void looksANameUpOnceForAConnection() throws IOException {
    var looked = new ArrayList<String>();
    var local = List.of(InetAddress.getByName("127.0.0.1"));
    Dns names =
        name -> {
          looked.add(name);
          return local;
        };
    var allowed = new Fetcher(settings("models.example:" + server.port()), names, any -> null);
    var address = FetchAddress.of("http://models.example:" + server.port() + "/tiny.gguf");

    allowed.download(address).attempt(file, null, told);

    assertThat(file).hasBinaryContent(server.content);
    assertThat(looked).containsExactly("models.example");
  }

  @Test
  void aHostIsAllowedWithItsPortOnly() {
    var fetcher = new Fetcher(settings("127.0.0.1:1"), Dns.SYSTEM, any -> null);

    assertThatThrownBy(() -> fetcher.check(FetchAddress.of(server.url())))
        .isInstanceOf(FetchAddressRefused.class);
    assertThatCode(() -> fetcher.check(FetchAddress.of("http://127.0.0.1:1/x.gguf")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://models.example/tiny.gguf",
        "https://127.0.0.1/tiny.gguf",
        "https://[fd00::1]/tiny.gguf",
        "https://192.168.0.9:8443/tiny.gguf",
        "https://100.64.0.1/tiny.gguf",
        "https://[::ffff:10.0.0.1]/tiny.gguf"
      })
  void refusesBeforeItConnects(String url) {
    var fetcher = new Fetcher(settings(), Dns.SYSTEM, any -> null);

    assertThatThrownBy(() -> fetcher.check(FetchAddress.of(url)))
        .isInstanceOf(FetchAddressRefused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tiny.gguf", "ftp://models.example/a", "https://a:b@models.example/"})
  void saysThatSomethingIsNoAddress(String url) {
    assertThatThrownBy(() -> FetchAddress.of(url)).isInstanceOf(InvalidInput.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410, 400})
  void givesUpWhereAskingAgainIsNoUse(int status) {
    server.status = status;

    assertThatThrownBy(() -> download().attempt(file, null, told))
        .isInstanceOf(FetchFailed.class)
        .hasMessageContaining("status " + status);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void mayBeTriedAgainWhereTroubleMayPass(int status) {
    server.status = status;

    assertThatThrownBy(() -> download().attempt(file, null, told)).isInstanceOf(IOException.class);
  }

  @Test
  void isCancelledBeforeAndForGood() {
    var download = download();

    download.cancel();

    assertThatThrownBy(() -> download.attempt(file, null, told)).isInstanceOf(IOException.class);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void showsNoQueryAndNamesTheFile() {
    var address = FetchAddress.of("https://models.example/a/b%2Fc.gguf?token=secret#x");

    assertThat(address.shown()).isEqualTo("https://models.example/a/b%2Fc.gguf");
    assertThat(address).hasToString(address.shown());
    assertThat(address.fileName()).isEqualTo("bc.gguf");
    assertThat(FetchAddress.of("https://models.example/").fileName()).isEqualTo("models.example");
  }

  @Test
  void twoDoNotWriteOneFile() throws IOException {
    Files.createDirectories(file.getParent());
    try (var other =
        java.nio.channels.FileChannel.open(
            file,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();

      assertThatThrownBy(() -> download().attempt(file, null, told))
          .isInstanceOf(FetchFailed.class)
          .hasMessageContaining("another process");
    }
  }
}
