package io.holdfast.server.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The OpenAPI document that the server hands out, as tests read it. Immutable. */
final class OpenApi {
  private static final List<String> METHODS =
      List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  static final JsonMapper JSON = JsonMapper.builder().build();
  static final OpenApi DOCUMENT = new OpenApi();

  private final JsonNode root;
  private final List<Operation> operations = new ArrayList<>();

  /**
   * An operation.
   *
   * @param method in uppercase
   * @param parameters its own and those of its path, resolved
   */
  record Operation(String method, String template, JsonNode node, List<JsonNode> parameters) {
    String id() {
      return node.get("operationId").asString();
    }

    String role() {
      return node.get("x-role").asString();
    }

    /** The names of those that a query may have. */
    Set<String> queryParameters() {
      return parameters.stream()
          .filter(parameter -> parameter.get("in").asString().equals("query"))
          .map(parameter -> parameter.get("name").asString())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  private OpenApi() {
    try (InputStream in = OpenApi.class.getResourceAsStream("/io/holdfast/server/openapi.json")) {
      root = JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (var path : root.get("paths").properties()) {
      for (String method : METHODS) {
        JsonNode node = path.getValue().get(method);
        if (node != null) {
          var parameters = new ArrayList<JsonNode>();
          path.getValue().path("parameters").forEach(p -> parameters.add(resolve(p)));
          node.path("parameters").forEach(p -> parameters.add(resolve(p)));
          operations.add(
              new Operation(
                  method.toUpperCase(Locale.ROOT), path.getKey(), node, List.copyOf(parameters)));
        }
      }
    }
  }

  JsonNode root() {
    return root;
  }

  List<Operation> operations() {
    return List.copyOf(operations);
  }

  Operation operation(String id) {
    return operations.stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no operation " + id));
  }

  /** The templates that a raw path could belong to, the most literal first. */
  private List<String> templates(String path) {
    String[] segments = path.split("/", -1);
    return operations.stream()
        .map(Operation::template)
        .distinct()
        .filter(template -> matches(template.split("/", -1), segments))
        .sorted(Comparator.comparingLong(t -> t.chars().filter(c -> c == '{').count()))
        .toList();
  }

  private static boolean matches(String[] template, String[] segments) {
    if (template.length != segments.length) {
      return false;
    }
    for (int i = 0; i < segments.length; i++) {
      boolean variable = template[i].startsWith("{");
      if (variable ? segments[i].isEmpty() : !template[i].equals(segments[i])) {
        return false;
      }
    }
    return true;
  }

  /** The operation of a request; {@code HEAD} is that of {@code GET}. */
  Optional<Operation> find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    return templates(path).stream()
        .limit(1)
        .flatMap(template -> operations.stream().filter(o -> o.template().equals(template)))
        .filter(operation -> operation.method().equals(wanted))
        .findFirst();
  }

  /** The methods of a path; empty if the document does not have it. */
  List<String> methods(String path) {
    return templates(path).stream()
        .limit(1)
        .flatMap(template -> operations.stream().filter(o -> o.template().equals(template)))
        .map(Operation::method)
        .toList();
  }

  /** What a reference stands for; the node itself if it is none. */
  JsonNode resolve(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : root.at(reference.asString().substring(1));
  }

  /** The value of each variable in a raw path. */
  static List<String> variables(String template, String path) {
    String[] names = template.split("/", -1);
    String[] segments = path.split("/", -1);
    return Arrays.stream(names)
        .filter(name -> name.startsWith("{"))
        .map(name -> segments[List.of(names).indexOf(name)])
        .toList();
  }
}
