package io.holdfast.server.http;

/**
 * Hears of what a client is not told: the cause of every 500, of any other 5xx that has one, and of
 * an answer that this side broke off.
 */
@FunctionalInterface
public interface ErrorLog {
  /** Called on the request's thread, by many at once. Must not throw. */
  void failed(ErrorEvent event);
}
