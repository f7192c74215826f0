package io.holdfast.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. Immutable once it is made.
 *
 * <p>A path is split at its slashes first and decoded after, so that an encoded slash stays within
 * its segment. Segments that are empty, {@code .} or {@code ..} match nothing: nobody has to think
 * about what they would mean. A slash at the end makes another path, which only a template matches
 * that ends with one.
 */
final class Router {
  /** What was found. */
  sealed interface Match {}

  /** A route. */
  record Found(Routes.Route route, Map<String, String> variables, String path) implements Match {}

  /** The path is there, with other methods. */
  record OtherMethods(Set<String> allowed) implements Match {}

  /** No route has this path. */
  record Nothing() implements Match {}

  private record Entry(Routes.Route route, List<String> variables) {}

  /** A place in the tree of paths. */
  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Entry> methods = new TreeMap<>();
    private @Nullable Node variable;
  }

  private final Node root = new Node();

  /**
   * @throws IllegalArgumentException if a template is malformed, or two routes are the same
   */
  Router(List<Routes.Route> routes) {
    for (Routes.Route route : routes) {
      PathTemplate template = PathTemplate.of(route.template());
      Node node = root;
      for (PathTemplate.Segment segment : template.segments()) {
        node = child(node, segment);
      }
      if (node.methods.put(route.method(), new Entry(route, template.variables())) != null) {
        throw new IllegalArgumentException("two routes: " + route.method() + " " + template.text());
      }
    }
  }

  private static Node child(Node node, PathTemplate.Segment segment) {
    if (!segment.isVariable()) {
      return node.literals.computeIfAbsent(segment.text(), any -> new Node());
    }
    Node variable = node.variable;
    if (variable == null) {
      variable = new Node();
      node.variable = variable;
    }
    return variable;
  }

  /**
   * @param rawPath as it came, still encoded
   * @throws ProblemException 400 if the encoding is broken
   */
  Match find(String method, String rawPath) {
    if (!rawPath.startsWith("/")) {
      return new Nothing();
    }
    List<String> segments = new ArrayList<>();
    if (rawPath.length() > 1) {
      String[] parts = rawPath.substring(1).split("/", -1);
      for (int i = 0; i < parts.length; i++) {
        String segment = Percent.decode(parts[i], false);
        boolean last = i > 0 && i == parts.length - 1;
        if ((segment.isEmpty() && !last) || segment.equals(".") || segment.equals("..")) {
          return new Nothing();
        }
        segments.add(segment);
      }
    }
    List<String> values = new ArrayList<>();
    Node node = walk(root, segments, 0, values);
    if (node == null) {
      return new Nothing();
    }
    Entry entry = node.methods.get(method);
    if (entry == null && method.equals("HEAD")) {
      entry = node.methods.get("GET");
    }
    if (entry == null) {
      return new OtherMethods(allowed(node));
    }
    return new Found(entry.route, named(entry.variables, values), "/" + String.join("/", segments));
  }

  /** Goes down literals first; where they lead nowhere, turns back and tries the variable. */
  private static @Nullable Node walk(
      Node node, List<String> segments, int depth, List<String> values) {
    if (depth == segments.size()) {
      return node.methods.isEmpty() ? null : node;
    }
    String segment = segments.get(depth);
    Node literal = node.literals.get(segment);
    Node found = literal == null ? null : walk(literal, segments, depth + 1, values);
    if (found != null || node.variable == null || segment.isEmpty()) {
      return found;
    }
    values.add(segment);
    found = walk(node.variable, segments, depth + 1, values);
    if (found == null) {
      values.removeLast();
    }
    return found;
  }

  private static Map<String, String> named(List<String> names, List<String> values) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      variables.put(names.get(i), values.get(i));
    }
    return Map.copyOf(variables);
  }

  private static Set<String> allowed(Node node) {
    Set<String> allowed = new TreeSet<>(node.methods.keySet());
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    allowed.add("OPTIONS");
    return allowed;
  }
}
