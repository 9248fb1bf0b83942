package io.witan.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the OpenAPI document.
 *
 * @param path with its parameters in braces
 * @param details its part of the document
 */
record Operation(String method, String path, JsonNode details, JsonNode schemas) {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "patch", "delete", "head", "options");

  static List<Operation> all(JsonNode document) {
    var operations = new ArrayList<Operation>();
    var schemas = document.path("components").path("schemas");
    document
        .path("paths")
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (method, details) -> {
                      if (METHODS.contains(method)) {
                        operations.add(
                            new Operation(method.toUpperCase(Locale.ROOT), path, details, schemas));
                      }
                    }));
    return operations;
  }

  String name() {
    return method + " " + path;
  }

  boolean isRead() {
    return method.equals("GET");
  }

  /** Answers only with a stream of events, which does not end by itself. */
  boolean isStream() {
    var content = details.path("responses").path("200").path("content");
    return content.size() == 1 && content.has("text/event-stream");
  }

  boolean isUpload() {
    return body().has("multipart/form-data");
  }

  JsonNode body() {
    return details.path("requestBody").path("content");
  }

  JsonNode jsonSchema() {
    return body().path("application/json").path("schema");
  }

  @Override
  public String toString() {
    return name();
  }
}
