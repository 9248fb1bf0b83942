package io.witan.documents;

import io.witan.shared.Failure;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** The files of one request together have more bytes than the limit per request. */
public final class UploadTooLarge extends Failure {
  private static final long serialVersionUID = 1L;

  private final long limitBytes;
  private final int filesTaken;

  /**
   * @param filesTaken files of the request that were stored before the limit was reached
   */
  public UploadTooLarge(DataSize limit, int filesTaken) {
    super(
        "upload-too-large",
        Kind.TOO_LARGE,
        "Upload too large",
        "The files of one request may have at most %d MB together. Send fewer files at a time."
            .formatted(limit.toMegabytes()));
    this.limitBytes = limit.toBytes();
    this.filesTaken = filesTaken;
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("limitBytes", limitBytes, "filesTaken", filesTaken);
  }
}
