package io.witan.engine.conversion;

import java.util.Optional;
import java.util.regex.Pattern;

/** What README.md says at its top, between lines of dashes. */
final class ModelCard {
  private static final Pattern LICENCE =
      Pattern.compile("(?m)^license: *[\"']?([A-Za-z0-9._-]{1,100})[\"']?\\s*$");

  private ModelCard() {}

  static Optional<String> licence(Checkpoint checkpoint) {
    String card = checkpoint.text("README.md").orElse("");
    int end = card.startsWith("---") ? card.indexOf("\n---", 3) : -1;
    if (end < 0) {
      return Optional.empty();
    }
    var matcher = LICENCE.matcher(card.substring(0, end));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
