package io.holdfast.cli.remote;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has to be there in a document that was read from outside. */
final class Need {
  /** Ten thousand years: what any difference of two times can be reckoned with. */
  private static final long FARTHEST_SECOND = 10_000L * 365 * 86_400;

  private Need() {}

  /**
   * Requires values.
   *
   * @throws IllegalArgumentException if one is missing, or is a time that is none
   */
  static void all(@Nullable Object... values) {
    for (Object value : values) {
      if (value == null) {
        throw new IllegalArgumentException("a member is missing");
      }
      if (value instanceof Instant time) {
        time(time);
      }
    }
  }

  /** Requires that what may be missing is as it has to be where it is there. */
  static <T> void maybe(@Nullable T value, Consumer<T> requirement) {
    if (value != null) {
      requirement.accept(value);
    }
  }

  /** Requires a list, and something of each element. */
  static <T> void each(@Nullable List<T> list, Consumer<T> requirement) {
    all(list);
    if (list != null) {
      for (T element : list) {
        all(element);
        requirement.accept(element);
      }
    }
  }

  static void time(Instant time) {
    if (Math.abs(time.getEpochSecond()) > FARTHEST_SECOND) {
      throw new IllegalArgumentException("not a time of this world");
    }
  }
}
