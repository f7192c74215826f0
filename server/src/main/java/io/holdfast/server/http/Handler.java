package io.holdfast.server.http;

/**
 * Answers the requests of one route. Called on a virtual thread of its own, by many at once; may
 * block, for hours if need be. That the client goes away meanwhile is not noticed.
 */
@FunctionalInterface
public interface Handler {
  /**
   * Answers.
   *
   * @throws ProblemException for what the client is to be told
   * @throws io.holdfast.engine.error.HoldfastException translated by {@link Problem#of}
   * @throws Exception anything else is a 500 whose cause is logged and not told
   */
  Response handle(Request request) throws Exception;
}
