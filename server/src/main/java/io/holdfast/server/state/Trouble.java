package io.holdfast.server.state;

import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.stream.Stream;

/** What the failures of both databases have in common. */
final class Trouble {
  private Trouble() {}

  /** A failure and its causes, from the outermost on. */
  static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  /** Words for a failure that the database itself did not report. */
  static String elsewhere(Throwable failure) {
    if (failure instanceof SQLTransientConnectionException) {
      return "no connection to it came free in time; it is too slow for what it has to do, or"
          + " somebody holds a lock on it";
    }
    Throwable innermost = chain(failure).reduce(failure, (_, inner) -> inner);
    return String.valueOf(innermost.getMessage()).strip().replaceFirst("(?s)\\R.*", "");
  }
}
