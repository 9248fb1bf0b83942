package io.witan.models.fetch;

import io.witan.engine.PartName;
import io.witan.shared.InvalidInput;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Where a file is. What is shown of it has no query, for that may hold a passing key.
 *
 * @param url parsed by the same code that connects
 */
public record FetchAddress(HttpUrl url) {
  private static final int MOST_LENGTH = 2000;
  private static final int MOST_NAME = 200;

  /**
   * Reads what an administrator gives.
   *
   * @throws InvalidInput if it is no such address
   */
  public static FetchAddress of(String text) {
    var stripped = text.strip();
    if (stripped.length() > MOST_LENGTH) {
      throw new InvalidInput("url", "may have at most " + MOST_LENGTH + " characters");
    }
    var url = HttpUrl.parse(stripped);
    if (url == null) {
      throw new InvalidInput("url", "must be an address that begins with https://");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new InvalidInput("url", "must not hold a name or a password");
    }
    return new FetchAddress(url.newBuilder().fragment(null).build());
  }

  /** Whether the command line means an address, not a file. */
  public static boolean isMeant(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("https://") || lower.startsWith("http://");
  }

  /** The address without its query. */
  public String shown() {
    return url.newBuilder().query(null).build().toString();
  }

  /** Which part of a model is there; empty if what is there has no name of a part. */
  public Optional<PartName> part() {
    return PartName.of(lastSegment());
  }

  /**
   * The address of another part of the same model: beside this one, with the same query.
   *
   * @param number 1 for the first
   */
  public FetchAddress part(int number) {
    var name = part().orElseThrow(() -> new IllegalStateException("no part")).part(number);
    int last = url.pathSegments().size() - 1;
    return new FetchAddress(url.newBuilder().setPathSegment(last, name.fileName()).build());
  }

  private String lastSegment() {
    var segments = url.pathSegments();
    return segments.isEmpty() ? "" : segments.getLast();
  }

  /** What the model is called that is there, in one file or in parts. */
  public String modelFileName() {
    return PartName.of(fileName()).map(PartName::joined).orElseGet(this::fileName);
  }

  /** The last part of the path, in which nothing is left that a folder could be made of. */
  public String fileName() {
    var name = lastSegment().replaceAll("[/\\\\\\p{Cntrl}]", "").strip();
    var cut = name.substring(0, Math.min(MOST_NAME, name.length()));
    return cut.isBlank() ? url.host() : cut;
  }

  @Override
  public String toString() {
    return shown();
  }
}
