package io.witan.models.upload;

import io.witan.shared.Failure;

/** The connection was lost while a piece came; what had come is kept. */
public final class UploadBrokeOff extends Failure {
  private static final long serialVersionUID = 1L;

  UploadBrokeOff() {
    super(
        "upload-broke-off",
        Kind.INVALID,
        "Upload broke off",
        "The piece did not come whole. What has come is kept; ask with HEAD where to go on.");
  }
}
