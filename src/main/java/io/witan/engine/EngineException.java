package io.witan.engine;

import java.time.Duration;

/**
 * Something the engine cannot do with what it was given; the message names the cause and, where
 * there is one, the fix. Whatever a file contains, this is the only thing it can make us throw.
 */
public abstract sealed class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private EngineException(String message) {
    super(message);
  }

  private EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The file is missing, cannot be read, or contradicts itself. */
  public static final class InvalidFile extends EngineException {
    private static final long serialVersionUID = 1L;

    public InvalidFile(String message) {
      super(message);
    }

    public InvalidFile(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The file is sound, and asks for something that this engine does not have. */
  public static final class Unsupported extends EngineException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String message) {
      super(message);
    }
  }

  /** A chat template is not understood, failed by its own wish, or went past a limit. */
  public static final class TemplateFailure extends EngineException {
    private static final long serialVersionUID = 1L;

    public TemplateFailure(String message) {
      super(message);
    }
  }

  /** A request goes past what the model or this session can hold. */
  public static final class LimitExceeded extends EngineException {
    private static final long serialVersionUID = 1L;

    public LimitExceeded(String message) {
      super(message);
    }
  }

  /** A grammar or schema is damaged, asks for what cannot be held, or is too large. */
  public static final class InvalidGrammar extends EngineException {
    private static final long serialVersionUID = 1L;

    public InvalidGrammar(String message) {
      super(message);
    }
  }

  /** Too many requests wait already; a later one may be served. */
  public static final class Overloaded extends EngineException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    public Overloaded(String message, Duration retryAfter) {
      super(message);
      this.retryAfter = retryAfter;
    }

    /** When a place is likely to be free, from how fast requests end now. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** What was asked is being closed, or is closed. */
  public static final class Closed extends EngineException {
    private static final long serialVersionUID = 1L;

    public Closed(String message) {
      super(message);
    }
  }
}
