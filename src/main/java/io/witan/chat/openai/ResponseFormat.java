package io.witan.chat.openai;

import io.witan.models.generation.OutputFormat;
import io.witan.shared.InvalidInput;
import org.jspecify.annotations.Nullable;

/** Reads what form the answer must have. */
final class ResponseFormat {
  /** Where a request has its schema, for refusals. */
  static final String SCHEMA = "response_format.json_schema.schema";

  private ResponseFormat() {}

  /** Null for any text. */
  static @Nullable OutputFormat of(Parameters request) {
    var format = request.inner("response_format");
    if (format == null) {
      return null;
    }
    return switch (format.requiredText("type")) {
      case "text" -> null;
      case "json_object" -> new OutputFormat.JsonObject();
      case "json_schema" -> schema(format);
      default ->
          throw new InvalidInput(
              "response_format.type", "must be text, json_object or json_schema");
    };
  }

  private static OutputFormat schema(Parameters format) {
    var named = format.inner("json_schema");
    if (named == null) {
      throw new InvalidInput("response_format.json_schema", "is missing");
    }
    if (!named.requiredText("name").matches("[A-Za-z0-9_-]{1,64}")) {
      throw new InvalidInput(
          "response_format.json_schema.name",
          "must be 1 to 64 letters, digits, underscores and hyphens");
    }
    named.flag("strict"); // checked, and always so
    return new OutputFormat.JsonSchema(named.required("schema").toString());
  }
}
