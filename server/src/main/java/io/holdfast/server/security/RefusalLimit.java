package io.holdfast.server.security;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How many refusals of one caller are recorded in a minute: a script that has run wild fills no
 * table. Thread-safe.
 */
final class RefusalLimit {
  static final int A_MINUTE = 10;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Callers bear tokens, of which there are few; the bound is for those who make many. */
  private static final int MOST_CALLERS = 10_000;

  private final Map<String, Window> windows = new HashMap<>();

  private record Window(Instant begun, int count) {}

  /** Counts one more, and says whether it is still within the bound. */
  synchronized boolean take(String caller, Instant now) {
    if (windows.size() > MOST_CALLERS) {
      windows.clear();
    }
    Window window = windows.get(caller);
    // A clock that was set back begins anew too.
    if (window == null
        || now.isBefore(window.begun())
        || !now.isBefore(window.begun().plus(MINUTE))) {
      window = new Window(now, 0);
    }
    windows.put(caller, new Window(window.begun(), window.count() + 1));
    return window.count() < A_MINUTE;
  }
}
