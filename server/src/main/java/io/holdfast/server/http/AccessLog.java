package io.holdfast.server.http;

/** Hears of every request once, after its answer. */
@FunctionalInterface
public interface AccessLog {
  /** Called on the thread of the connection, by many at once. Must be quick and not throw. */
  void answered(AccessEvent event);
}
