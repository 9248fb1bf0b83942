package io.witan.documents.extraction;

/** A file that could not be read. The code says why, the message what can be done about it. */
public final class ExtractionFailed extends Exception {

  public static final String PASSWORD_NEEDED = "password-needed";
  public static final String DAMAGED_FILE = "damaged-file";
  public static final String UNSUPPORTED_FORMAT = "unsupported-format";
  public static final String TOO_LARGE_WHEN_UNPACKED = "too-large-when-unpacked";
  public static final String TOOK_TOO_LONG = "took-too-long";
  public static final String OUT_OF_MEMORY = "out-of-memory";
  public static final String WORKER_CRASHED = "worker-crashed";

  private final String code;

  public ExtractionFailed(String code, String message) {
    super(message);
    this.code = code;
  }

  /** One of the constants of this class. */
  public String code() {
    return code;
  }
}
