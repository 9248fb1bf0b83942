package io.witan.models.upload;

import io.witan.shared.Failure;
import java.util.Map;

/** The piece does not begin where what is there ends. */
public final class UploadOffsetDiffers extends Failure {
  private static final long serialVersionUID = 1L;
  private final long offset;

  UploadOffsetDiffers(long offset) {
    super(
        "upload-offset-differs",
        Kind.CONFLICT,
        "Piece of an upload out of place",
        "The next piece begins at byte " + offset + "; ask with HEAD where to go on.");
    this.offset = offset;
  }

  @Override
  public Map<String, Object> members() {
    return Map.of("offset", offset);
  }
}
