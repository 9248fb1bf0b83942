package io.witan.shared;

import java.util.Map;

/**
 * A failure that the caller can act on; the web module turns it into an RFC 9457 problem.
 *
 * <p>One subclass per case, thrown by the module that knows. {@code code} is stable and listed in
 * docs/problems.md; the message says what happened and how to mend it, without internals.
 */
public abstract class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is, independent of HTTP. */
  public enum Kind {
    INVALID,
    NOT_SIGNED_IN,
    NOT_ALLOWED,
    NOT_FOUND,
    CONFLICT,
    GONE,
    TOO_LARGE,
    UNSUPPORTED,
    TOO_MANY,
    UNAVAILABLE
  }

  private final String code;
  private final Kind kind;

  protected Failure(String code, Kind kind, String title, String detail) {
    super(detail);
    this.code = code;
    this.kind = kind;
    this.title = title;
  }

  private final String title;

  /** Stable kebab-case name of the case, the last segment of the problem's type. */
  public final String code() {
    return code;
  }

  public final Kind kind() {
    return kind;
  }

  /** Short, constant, human-readable name of the case. */
  public final String title() {
    return title;
  }

  /** What happened and what to do, for the person who asked. */
  public final String detail() {
    return String.valueOf(getMessage());
  }

  /** Further members of the problem body, such as {@code retryAfterSeconds}. */
  public Map<String, Object> members() {
    return Map.of();
  }
}
