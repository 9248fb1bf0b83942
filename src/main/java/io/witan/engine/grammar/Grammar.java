package io.witan.engine.grammar;

import io.witan.engine.EngineException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The texts that a model may write. Cannot be changed.
 *
 * @param root the rule that a whole text follows
 */
public record Grammar(Map<String, Expression> rules, String root) {
  static final int MOST_RULES = 20_000;
  static final int MOST_REPETITIONS = 100_000;

  public Grammar {
    rules = Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    if (!rules.containsKey(root)) {
      throw new EngineException.InvalidGrammar("the grammar has no rule “%s”".formatted(root));
    }
    if (rules.size() > MOST_RULES) {
      throw new EngineException.InvalidGrammar(
          "the grammar has %d rules; at most %d".formatted(rules.size(), MOST_RULES));
    }
  }

  /**
   * Reads llama.cpp's notation (GBNF).
   *
   * @throws EngineException.InvalidGrammar naming line and column
   */
  public static Grammar ofGbnf(String source) {
    return new GbnfReader(source).read();
  }

  /**
   * The JSON documents that a schema describes.
   *
   * @throws EngineException.InvalidGrammar naming the keyword that cannot be held
   */
  public static Grammar ofJsonSchema(String schema) {
    return new SchemaCompiler(JsonReader.read(schema)).compile();
  }

  /** Any JSON object. */
  public static Grammar ofJsonObjects() {
    return ofJsonSchema("{\"type\":\"object\"}");
  }
}
