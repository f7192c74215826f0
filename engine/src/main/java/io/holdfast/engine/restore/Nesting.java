package io.holdfast.engine.restore;

import io.holdfast.engine.component.Component;
import java.util.ArrayList;
import java.util.List;

/** Which components lie inside others, judged by the names of their places. */
final class Nesting {
  private Nesting() {}

  /**
   * In which order components are staged, those of one level at once: what lies inside another
   * comes before it, so that all is there that has to move along with the outer one. Without
   * nesting there is one level.
   */
  static List<List<Component>> levels(List<Component> components) {
    List<List<Component>> levels = new ArrayList<>();
    List<Component> left = new ArrayList<>(components);
    while (!left.isEmpty()) {
      List<Component> level =
          left.stream().filter(c -> left.stream().noneMatch(o -> isInside(o, c))).toList();
      levels.add(level.isEmpty() ? List.copyOf(left) : level);
      left.removeAll(levels.getLast());
    }
    return levels;
  }

  private static boolean isInside(Component inner, Component outer) {
    return !inner.name().equals(outer.name())
        && inner.handler().places().stream()
            .anyMatch(place -> outer.handler().places().stream().anyMatch(place::startsWith));
  }
}
