package io.witan.leak;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Fills the parameters and the body of an operation from its description.
 *
 * <p>It knows every name that the API uses. A name it does not know fails the test: whoever adds an
 * operation decides here what a stranger would put into it.
 */
final class RequestFiller {
  /** Words of the secret document; a search for them must find nothing for outsiders. */
  static final String PROBE = "zeppelin hangar code";

  private static final Set<String> LEFT_OUT = Set.of("cursor");

  private final Function<Kind, String> ids;

  /**
   * @param ids gives the id to put where one of that kind stands
   */
  RequestFiller(Function<Kind, String> ids) {
    this.ids = ids;
  }

  /**
   * A request that can be sent.
   *
   * @param kinds of the ids in it
   */
  record Filled(String path, @Nullable Object body, Set<Kind> kinds) {
    boolean namesSecrets() {
      return kinds.stream().anyMatch(kind -> kind.secret);
    }
  }

  Filled fill(Operation operation) {
    var kinds = EnumSet.noneOf(Kind.class);
    var path = operation.path();
    var query = new ArrayList<String>();
    for (JsonNode parameter : operation.details().path("parameters")) {
      var name = parameter.path("name").asString();
      if (parameter.path("in").asString().equals("path")) {
        path = path.replace("{" + name + "}", pathValue(operation, name, kinds));
      } else if (!LEFT_OUT.contains(name)) {
        var value = value(operation, name, parameter.path("schema"), kinds);
        var first = value instanceof List<?> list ? list.getFirst() : value;
        query.add(name + "=" + URLEncoder.encode(String.valueOf(first), StandardCharsets.UTF_8));
      }
    }
    if (path.contains("{")) {
      throw new AssertionError(operation + " has a path parameter that it does not describe");
    }
    var schema = operation.jsonSchema();
    Object body = schema.isMissingNode() ? null : value(operation, "", schema, kinds);
    return new Filled(query.isEmpty() ? path : path + "?" + String.join("&", query), body, kinds);
  }

  private String pathValue(Operation operation, String name, Set<Kind> kinds) {
    if (name.equals("number")) {
      return "1";
    }
    var kind = name.equals("id") ? Kind.ofPath(operation.path()) : Kind.ofName(name);
    return id(kind.orElseThrow(() -> unknown(operation, name)), kinds);
  }

  private String id(Kind kind, Set<Kind> kinds) {
    kinds.add(kind);
    return ids.apply(kind);
  }

  private Object value(Operation operation, String name, JsonNode schema, Set<Kind> kinds) {
    var resolved = resolve(operation, schema);
    var kind = Kind.ofName(name);
    if (kind.isPresent()) {
      var id = id(kind.get(), kinds);
      return name.endsWith("ds") ? List.of(id) : id;
    }
    if (resolved.has("enum")) {
      return resolved.path("enum").get(0).asString();
    }
    return switch (typeOf(resolved)) {
      case "object" -> object(operation, resolved, kinds);
      case "array" -> List.of(value(operation, name, resolved.path("items"), kinds));
      case "integer", "number" -> number(name, resolved);
      case "boolean" -> false;
      case "string" -> string(operation, name, resolved, kinds);
      default -> throw unknown(operation, name + " of " + resolved);
    };
  }

  private Map<String, Object> object(Operation operation, JsonNode schema, Set<Kind> kinds) {
    var body = new LinkedHashMap<String, Object>();
    schema
        .path("properties")
        .forEachEntry((name, part) -> body.put(name, value(operation, name, part, kinds)));
    return body;
  }

  private static Object number(String name, JsonNode schema) {
    return switch (name) {
      case "answerTokens" -> 100;
      case "topP" -> 1; // its least value is excluded
      default -> schema.has("minimum") ? schema.path("minimum").asInt() : 1;
    };
  }

  private Object string(Operation operation, String name, JsonNode schema, Set<Kind> kinds) {
    return switch (name) {
      case "query", "question", "text" -> PROBE;
      case "name", "title", "displayName", "description", "instructions", "reason" ->
          "fresh " + UUID.randomUUID();
      case "email" -> "fresh-" + UUID.randomUUID() + "@example.org";
      case "password", "currentPassword", "newPassword" -> "not anybody's password 9";
      case "token" -> "no-such-token";
      case "host" -> "nobodys.example";
      case "address" -> "http://127.0.0.1:9/v1";
      case "url" -> "https://127.0.0.1:9/nobodys.gguf";
      case "sha256" -> "0".repeat(64);
      case "fileName" -> "nobodys.gguf";
      case "key", "model", "licence", "adapter" -> "nobodys";
      case "language" -> "en";
      case "direction" -> "asc";
      case "id" -> id(Kind.PERSON, kinds);
      default -> throw unknown(operation, name + " of " + schema);
    };
  }

  private static AssertionError unknown(Operation operation, String what) {
    return new AssertionError(
        operation + " takes " + what + ": teach RequestFiller or Kind what a stranger puts there");
  }

  private static JsonNode resolve(Operation operation, JsonNode schema) {
    var node = schema;
    if (node.has("anyOf")) {
      node = node.path("anyOf").get(0);
    }
    if (node.has("$ref")) {
      var reference = node.path("$ref").asString();
      node = operation.schemas().path(reference.substring(reference.lastIndexOf('/') + 1));
    }
    return node;
  }

  private static String typeOf(JsonNode schema) {
    var type = schema.path("type");
    return type.isArray() ? type.get(0).asString() : type.asString("");
  }
}
