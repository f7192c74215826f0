package io.holdfast.server.acceptance;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The shape of a document's fields, by its record and by its schema, in words to compare. */
final class RecordSchemas {
  private static final Map<Class<?>, String> SIMPLE =
      Map.of(
          String.class, "string",
          Instant.class, "string date-time",
          long.class, "integer int64",
          Long.class, "integer int64",
          int.class, "integer int32",
          Integer.class, "integer int32",
          boolean.class, "boolean",
          Boolean.class, "boolean",
          Double.class, "number double",
          Object.class, "string|integer|boolean");

  private RecordSchemas() {}

  static String fieldName(RecordComponent component) {
    // In SettingJson, where the name is a word of Java.
    return component.getName().equals("otherwise")
        ? "default"
        : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }

  static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** What a field of a request has to be where it is not null, which it may be unless required. */
  static JsonNode withoutNull(JsonNode field, boolean required) {
    if (required) {
      return field;
    }
    ObjectNode copy = (ObjectNode) field.deepCopy();
    List<String> types = new ArrayList<>();
    copy.get("type").forEach(type -> types.add(type.asString()));
    if (!types.remove("null")) {
      throw new AssertionError("null is not allowed: " + field);
    }
    copy.put("type", String.join("|", types));
    return copy;
  }

  static String shape(Type type, Function<Class<?>, String> schemaName) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return generic.getRawType().equals(List.class)
          ? "array of " + shape(arguments[0], schemaName)
          : "map to " + shape(arguments[1], schemaName);
    }
    String simple = SIMPLE.get(type);
    return simple != null ? simple : "$" + schemaName.apply((Class<?>) type);
  }

  static String shape(JsonNode schema) {
    if (schema.has("$ref")) {
      JsonNode referred = OpenApi.DOCUMENT.resolve(schema);
      return referred.path("type").asString("").equals("object")
          ? "$" + schema.get("$ref").asString().replaceAll(".*/", "")
          : shape(referred);
    }
    String type =
        schema.get("type").isArray()
            ? String.join("|", schema.get("type").valueStream().map(JsonNode::asString).toList())
            : schema.get("type").asString();
    return switch (type) {
      case "array" -> "array of " + shape(schema.get("items"));
      case "object" -> "map to " + shape(schema.get("additionalProperties"));
      // Any text has a form; that of an instant is another type in the code.
      case "string" ->
          schema.path("format").asString("").equals("date-time") ? "string date-time" : "string";
      default -> (type + " " + schema.path("format").asString("")).strip();
    };
  }
}
