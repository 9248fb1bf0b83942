package io.witan.models.intake;

import io.witan.shared.Failure;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** The file has more bytes than a model may have. */
public final class ModelFileTooLarge extends Failure {
  private static final long serialVersionUID = 1L;
  private final long limitBytes;

  public ModelFileTooLarge(DataSize limit) {
    super(
        "model-file-too-large",
        Kind.TOO_LARGE,
        "Model file too large",
        "A model may have at most %,d MB; the setting witan.models.incoming.max-file-size says so."
            .formatted(limit.toMegabytes()));
    this.limitBytes = limit.toBytes();
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("limitBytes", limitBytes);
  }
}
