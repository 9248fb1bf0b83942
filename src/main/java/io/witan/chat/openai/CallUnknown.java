package io.witan.chat.openai;

import io.witan.shared.Failure;

/** An address or method of that API that is not offered here. */
final class CallUnknown extends Failure {
  private static final long serialVersionUID = 1L;

  CallUnknown(String method, String path) {
    super(
        "not-found",
        Kind.NOT_FOUND,
        "Not found",
        "Unknown request URL: %s %s. There are: POST /v1/chat/completions, /v1/completions and /v1/embeddings, GET /v1/models."
            .formatted(method, path));
  }
}
