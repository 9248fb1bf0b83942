package io.witan.shared;

import org.jspecify.annotations.Nullable;

/** Who sent a request and waits for its answer, as far as the server can see. */
public interface RequestClient {
  /** The attribute of each request under which it is found. */
  String ATTRIBUTE = "witan.client";

  /** One that nobody can see; taken for one that waits. */
  RequestClient UNSEEN = () -> false;

  /**
   * Whether it has closed the connection. Cheap enough to ask many times a second; only on the
   * thread that serves the request.
   */
  boolean isGone();

  static RequestClient of(@Nullable Object attribute) {
    return attribute instanceof RequestClient client ? client : UNSEEN;
  }
}
