package io.witan.models.generation;

/** What form an answer must have. */
public sealed interface OutputFormat {
  /** Any JSON object. */
  record JsonObject() implements OutputFormat {}

  /**
   * JSON documents of a schema.
   *
   * @param schema as JSON
   */
  record JsonSchema(String schema) implements OutputFormat {}
}
