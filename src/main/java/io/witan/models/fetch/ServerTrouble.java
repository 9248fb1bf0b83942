package io.witan.models.fetch;

import java.io.IOException;

/** The other side is overloaded or broken, which may pass. */
final class ServerTrouble extends IOException {
  private static final long serialVersionUID = 1L;
  private final int status;

  ServerTrouble(int status) {
    super("status " + status);
    this.status = status;
  }

  int status() {
    return status;
  }
}
