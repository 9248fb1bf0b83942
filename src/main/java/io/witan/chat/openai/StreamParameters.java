package io.witan.chat.openai;

import io.witan.shared.InvalidInput;

/**
 * Whether the answer is to stream.
 *
 * @param usage whether token counts are to come at its end
 */
record StreamParameters(boolean wanted, boolean usage) {

  static StreamParameters of(Parameters request) {
    boolean wanted = request.flag("stream");
    var options = request.inner("stream_options");
    if (options != null && !wanted) {
      throw new InvalidInput("stream_options", "needs stream: true");
    }
    return new StreamParameters(wanted, options != null && options.flag("include_usage"));
  }
}
