package io.witan.models.fetch;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** One file from one address; goes on where it stopped, if the file there is still the same. */
public final class Download {
  private static final int MOST_REDIRECTS = 5;
  private static final int BUFFER = 1 << 18;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> MAY_PASS = Set.of(408, 425, 429);

  private final Fetcher fetcher;
  private final FetchAddress address;
  private volatile boolean cancelled;
  private volatile @Nullable Call running;

  Download(Fetcher fetcher, FetchAddress address) {
    this.fetcher = fetcher;
    this.address = address;
  }

  /** Breaks the connection off, now and for all later tries. */
  public void cancel() {
    cancelled = true;
    var call = running;
    if (call != null) {
      call.cancel();
    }
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /**
   * Fetches what is missing of a file.
   *
   * @param file written, longer and longer
   * @param validator of what is in it; null to begin anew
   * @throws FetchAddressRefused if it leads where nothing is fetched from
   * @throws FetchFailed if the other side will not give it, however often it is asked
   * @throws IOException if it broke off, or was cancelled; trying again may help
   */
  public void attempt(Path file, @Nullable String validator, Receiver receiver) throws IOException {
    try (var out = open(file)) {
      long offset = validator == null ? 0 : out.size();
      try (var answer = answer(rest(offset, validator))) {
        if (answer.code() == 416 && RangeAnswer.totalOf(answer) == offset) {
          receiver.begins(offset, offset, validator); // all of it was there
          receiver.received(offset);
          return;
        }
        var range = RangeAnswer.of(answer, offset, validator);
        if (answer.code() != 416 && range != null) {
          receive(answer, range, out, receiver);
          return;
        }
      }
      restart(out, receiver);
    } catch (SSLHandshakeException | SSLPeerUnverifiedException untrusted) {
      throw FetchFailed.of(address.url().host(), untrusted);
    } catch (IOException failed) {
      throw Fetcher.unwrapped(failed);
    }
  }

  /** For this process alone: another one may have begun the same. */
  private FileChannel open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var out =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (out.tryLock() != null) {
        return out;
      }
    } catch (OverlappingFileLockException here) {
      // as below
    }
    out.close();
    throw FetchFailed.elsewhere(address.url().host());
  }

  /**
   * Asks how long the file is, without fetching it.
   *
   * @return -1 if the other side does not say
   * @throws FetchAddressRefused if it leads where nothing is fetched from
   * @throws FetchFailed if the other side will not give it, however often it is asked
   * @throws IOException if it broke off, or was cancelled; trying again may help
   */
  public long size() throws IOException {
    try (var answer = answer(Map.of("Range", "bytes=0-0"))) {
      if (answer.code() == 416) {
        return RangeAnswer.totalOf(answer);
      }
      if (answer.code() != 200 && answer.code() != 206) {
        throw refused(answer);
      }
      return RangeAnswer.wholeLength(answer);
    } catch (SSLHandshakeException | SSLPeerUnverifiedException untrusted) {
      throw FetchFailed.of(address.url().host(), untrusted);
    } catch (IOException failed) {
      throw Fetcher.unwrapped(failed);
    }
  }

  private static Map<String, String> rest(long offset, @Nullable String validator) {
    return offset == 0 || validator == null
        ? Map.of()
        : Map.of("Range", "bytes=" + offset + "-", "If-Range", validator);
  }

  /**
   * @param range headers that say what of the file is wanted; none for all of it
   */
  private Response answer(Map<String, String> range) throws IOException {
    var url = address.url();
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      var answer = ask(url, range);
      if (!REDIRECTS.contains(answer.code())) {
        return answer;
      }
      var location = answer.header("Location");
      answer.close();
      var next = location == null ? null : url.resolve(location);
      if (next == null) {
        throw new FetchFailed(url.host(), "it redirects to nowhere");
      }
      url = next;
    }
    throw new FetchFailed(address.url().host(), "it redirects again and again");
  }

  private Response ask(HttpUrl url, Map<String, String> range) throws IOException {
    var request =
        new Request.Builder()
            .url(url)
            .header("User-Agent", "Witan")
            .header("Accept-Encoding", "identity"); // ranges are of what is stored
    range.forEach(request::header);
    var token =
        fetcher.token(url); // of this host: a redirection to another one does not take it along
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    var call = fetcher.client(url).newCall(request.build());
    running = call;
    if (cancelled) {
      throw new IOException("cancelled");
    }
    return call.execute();
  }

  /** Something else is there now, or the other side does not know how to go on. */
  private void restart(FileChannel out, Receiver receiver) throws IOException {
    try (var answer = answer(Map.of())) {
      var range = RangeAnswer.of(answer, 0, null);
      if (range == null) {
        throw new ProtocolException("a part of the file though all was asked for");
      }
      receive(answer, range, out, receiver);
    }
  }

  private void receive(Response answer, RangeAnswer range, FileChannel out, Receiver receiver)
      throws IOException {
    if (answer.code() != 200 && answer.code() != 206) {
      throw refused(answer);
    }
    var encoding = answer.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new FetchFailed(answer.request().url().host(), "it sends the file packed");
    }
    receiver.begins(range.offset(), range.total(), range.validator());
    out.truncate(range.offset());
    copy(answer, out, range, receiver);
    out.force(true);
  }

  private static IOException refused(Response answer) {
    var host = answer.request().url().host();
    int status = answer.code();
    if (status >= 500 || MAY_PASS.contains(status)) {
      return new ServerTrouble(status);
    }
    throw new FetchFailed(
        host,
        switch (status) {
          case 401, 403 ->
              "it wants to know who asks, or does not let them (status " + status + ")";
          case 404, 410 -> "there is nothing at this address (status " + status + ")";
          default -> "it answers with status " + status;
        });
  }

  private void copy(Response answer, FileChannel out, RangeAnswer range, Receiver receiver)
      throws IOException {
    var body = answer.body();
    if (body == null) {
      throw new ProtocolException("no content");
    }
    var in = body.byteStream();
    var buffer = new byte[BUFFER];
    long at = range.offset();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      if (range.total() >= 0 && at + read > range.total()) {
        throw new ProtocolException("more than was announced");
      }
      var piece = ByteBuffer.wrap(buffer, 0, read);
      while (piece.hasRemaining()) {
        at += out.write(piece, at);
      }
      receiver.received(at);
      if (cancelled) {
        throw new IOException("cancelled");
      }
    }
    if (range.total() >= 0 && at != range.total()) {
      throw new ProtocolException("less than was announced");
    }
  }
}
