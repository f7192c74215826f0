package io.holdfast.server.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A path in which some segments are variables: {@code /backups/{id}}.
 *
 * @param text as it was written
 */
record PathTemplate(String text, List<Segment> segments) {

  /** One segment; of a variable, {@code text} is its name. */
  record Segment(String text, boolean isVariable) {}

  /**
   * @param text one that ends with a slash has an empty segment there
   * @throws IllegalArgumentException if it does not begin with a slash, has an empty segment
   *     elsewhere, or names a variable twice
   */
  static PathTemplate of(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a template begins with a slash: " + text);
    }
    List<Segment> segments = new ArrayList<>();
    boolean directory = text.length() > 1 && text.endsWith("/");
    if (text.length() > 1) {
      String inner = text.substring(1, text.length() - (directory ? 1 : 0));
      List.of(inner.split("/", -1)).forEach(part -> segments.add(segment(part)));
    }
    if (directory) {
      segments.add(new Segment("", false));
    }
    Set<String> names = new HashSet<>();
    for (Segment segment : segments) {
      if (segment.isVariable() && !names.add(segment.text())) {
        throw new IllegalArgumentException("the variable stands there twice: " + text);
      }
    }
    return new PathTemplate(text, List.copyOf(segments));
  }

  List<String> variables() {
    return segments.stream().filter(Segment::isVariable).map(Segment::text).toList();
  }

  private static Segment segment(String text) {
    boolean variable = text.startsWith("{") && text.endsWith("}");
    String name = variable ? text.substring(1, text.length() - 1) : text;
    if (name.isEmpty() || name.contains("{") || name.contains("}")) {
      throw new IllegalArgumentException("not a segment of a template: '" + text + "'");
    }
    return new Segment(name, variable);
  }
}
