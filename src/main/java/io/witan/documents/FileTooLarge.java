package io.witan.documents;

import io.witan.shared.Failure;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** The file has more bytes than the limit per file. */
public final class FileTooLarge extends Failure {
  private static final long serialVersionUID = 1L;

  private final long limitBytes;

  public FileTooLarge(DataSize limit) {
    super(
        "file-too-large",
        Kind.TOO_LARGE,
        "File too large",
        "A file may have at most %d MB. Split it, or ask an administrator to raise the limit."
            .formatted(limit.toMegabytes()));
    this.limitBytes = limit.toBytes();
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("limitBytes", limitBytes);
  }
}
