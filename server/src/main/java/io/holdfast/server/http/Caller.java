package io.holdfast.server.http;

/**
 * Who makes a request.
 *
 * @param id the token's public id; empty for a caller without one
 * @param name what people call it
 */
public record Caller(String id, String name, Access access) {
  /** Somebody without a token. */
  public static final Caller ANONYMOUS = new Caller("", "anonymous", Access.OPEN);
}
