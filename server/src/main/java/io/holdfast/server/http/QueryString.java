package io.holdfast.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, decoded. Immutable. */
final class QueryString {
  private final Map<String, List<String>> parameters;

  private QueryString(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * @param raw what stood after the question mark, or null
   * @throws ProblemException 400 if the encoding is broken
   */
  static QueryString of(@Nullable String raw) {
    Map<String, List<String>> parameters = new HashMap<>();
    if (raw != null) {
      for (String part : raw.split("&", -1)) {
        if (!part.isEmpty()) {
          int equals = part.indexOf('=');
          String name = Percent.decode(equals < 0 ? part : part.substring(0, equals), true);
          String value = equals < 0 ? "" : Percent.decode(part.substring(equals + 1), true);
          parameters.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
      }
    }
    return new QueryString(parameters);
  }

  /**
   * @throws ProblemException 400 if there is a parameter of another name
   */
  void requireOnly(Set<String> allowed) {
    for (String name : new TreeSet<>(parameters.keySet())) {
      if (!allowed.contains(name)) {
        throw new ProblemException(
            ProblemCode.BAD_REQUEST,
            "There is no parameter '"
                + name
                + "' here; "
                + (allowed.isEmpty()
                    ? "none is allowed"
                    : "allowed are " + String.join(", ", new TreeSet<>(allowed))));
      }
    }
  }

  /**
   * @throws ProblemException 400 if it stands there more than once
   */
  Optional<String> one(String name) {
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "The parameter '" + name + "' stands there more than once");
    }
    return values.stream().findFirst();
  }
}
