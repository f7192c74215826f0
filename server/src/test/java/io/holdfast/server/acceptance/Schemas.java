package io.holdfast.server.acceptance;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Validates against schemas of the document, stricter than clients are told to be: a field that the
 * schema does not name is an error, and so is a text that is not of its format. Thread-safe.
 */
final class Schemas {
  private static final String PLACE = "https://holdfast.test/openapi.json";

  private final SchemaRegistry registry;

  Schemas(JsonNode document) {
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build())
                    .schemas(Map.of(PLACE, strict(document).toString())));
  }

  /**
   * What is wrong with a value.
   *
   * @param schema as it stands in the document
   */
  List<String> errors(JsonNode schema, JsonNode value) {
    return registry.getSchema(strict(schema)).validate(value).stream()
        .map(Error::toString)
        .toList();
  }

  private static JsonNode strict(JsonNode node) {
    JsonNode copy = node.deepCopy();
    tighten(copy);
    return copy;
  }

  private static void tighten(JsonNode node) {
    if (node instanceof ObjectNode object) {
      boolean names = object.path("properties").isObject() && object.path("type").isString();
      if (names && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      JsonNode reference = object.path("$ref");
      if (reference.isString() && reference.asString().startsWith("#")) {
        object.put("$ref", PLACE + reference.asString());
      }
    }
    node.forEach(Schemas::tighten);
  }
}
