package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import java.util.Map;

/** The formats of strings that can be held, as patterns; narrower than the standards where easy. */
final class StringFormat {
  private static final String DATE =
      "[12]\\d{3}-((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])"
          + "|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|1\\d|2[0-8]))";
  private static final String TIME =
      "([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-](0\\d|1[0-7]):[0-5]\\d)";
  private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d{2}|[1-9]?\\d)";
  private static final String LABEL = "[a-z0-9]([a-z0-9]{0,30}[a-z0-9])?";
  private static final String HOST = LABEL + "(\\." + LABEL + "){0,3}\\.[a-z]{2,10}";
  private static final Map<String, String> PATTERNS =
      Map.of(
          "date",
          DATE,
          "time",
          TIME,
          "date-time",
          DATE + "T" + TIME,
          "duration",
          "P(\\d{1,4}[YMWD]|T\\d{1,4}[HMS])",
          "uuid",
          "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
          "ipv4",
          BYTE + "(\\." + BYTE + "){3}",
          "ipv6",
          "[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){7}",
          "hostname",
          HOST,
          "email",
          "[A-Za-z0-9_]{1,32}([.+-][A-Za-z0-9_]{1,32}){0,3}@" + HOST);

  private StringFormat() {}

  static Expression of(Object name) {
    var pattern = name instanceof String text ? PATTERNS.get(text) : null;
    if (pattern == null) {
      throw new EngineException.InvalidGrammar("format “%s” is not supported".formatted(name));
    }
    return PatternReader.read("^(" + pattern + ")$");
  }
}
