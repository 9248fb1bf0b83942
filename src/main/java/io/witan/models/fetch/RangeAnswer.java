package io.witan.models.fetch;

import java.util.Objects;
import java.util.regex.Pattern;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a file an answer is (RFC 9110, §14).
 *
 * @param offset of its first byte
 * @param total bytes of the whole file; -1 if not said
 * @param validator a strong ETag or else the date of the last change; null if there is neither, so
 *     that nothing can be resumed
 */
record RangeAnswer(long offset, long total, @Nullable String validator) {
  private static final Pattern RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
  private static final Pattern NONE = Pattern.compile("bytes \\*/(\\d{1,18})");

  /**
   * Reads an answer of status 200 or 206.
   *
   * @param asked the offset that was asked for
   * @param validator that it was asked with
   * @return null if it is no answer to that
   */
  static @Nullable RangeAnswer of(Response answer, long asked, @Nullable String validator) {
    if (answer.code() != 206) {
      return new RangeAnswer(0, length(answer), validatorOf(answer));
    }
    var range = RANGE.matcher(Objects.toString(answer.header("Content-Range"), "").strip());
    if (asked == 0 || !range.matches() || Long.parseLong(range.group(1)) != asked) {
      return null;
    }
    var now = validatorOf(answer);
    if (now != null
        && validator != null
        && isTag(now) == isTag(validator)
        && !now.equals(validator)) {
      return null; // ignored If-Range: the rest of another file
    }
    long total = range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3));
    return new RangeAnswer(asked, total, validator);
  }

  /** Of the whole file, whatever part of it the answer is; -1 if not said. */
  static long wholeLength(Response answer) {
    if (answer.code() != 206) {
      return length(answer);
    }
    var range = RANGE.matcher(Objects.toString(answer.header("Content-Range"), "").strip());
    return !range.matches() || range.group(3).equals("*") ? -1 : Long.parseLong(range.group(3));
  }

  private static long length(Response answer) {
    return answer.body() == null ? -1 : answer.body().contentLength();
  }

  private static boolean isTag(String validator) {
    return validator.startsWith("\"");
  }

  private static @Nullable String validatorOf(Response answer) {
    var tag = answer.header("ETag");
    return tag != null && isTag(tag) ? tag : answer.header("Last-Modified");
  }

  /** The whole length that an answer of status 416 tells; -1 if it does not. */
  static long totalOf(Response answer) {
    var range = NONE.matcher(Objects.toString(answer.header("Content-Range"), "").strip());
    return range.matches() ? Long.parseLong(range.group(1)) : -1;
  }
}
