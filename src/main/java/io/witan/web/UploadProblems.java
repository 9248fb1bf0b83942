package io.witan.web;

import io.witan.web.Problems.Problem;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/** Tells an upload that is too large from one that is broken. */
final class UploadProblems {
  static final Problem TOO_LARGE =
      new Problem(
          HttpStatus.CONTENT_TOO_LARGE,
          "file-too-large",
          "File too large",
          "A file of this request is larger than this installation accepts.",
          Map.of());

  private UploadProblems() {}

  static boolean isTooLarge(@Nullable Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MaxUploadSizeExceededException
          || cause.getClass().getSimpleName().contains("SizeLimitExceeded")) {
        return true;
      }
    }
    return false;
  }
}
