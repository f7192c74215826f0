package io.holdfast.server.http;

import java.util.Optional;

/**
 * Who makes a request.
 *
 * @param id the token's public id; empty for a caller without one
 * @param name what people call it
 * @param scope what {@link Access#TARGET} is bound to; empty for every other access
 */
public record Caller(String id, String name, Access access, Optional<Scope> scope) {
  /** Somebody without a token. */
  public static final Caller ANONYMOUS = new Caller("", "anonymous", Access.OPEN);

  /** Somebody whose role says all. */
  public Caller(String id, String name, Access access) {
    this(id, name, access, Optional.empty());
  }

  /**
   * The one target that a caller may use.
   *
   * @param target its name
   * @param deletes whether what is stored there may be deleted; locks may always
   */
  public record Scope(String target, boolean deletes) {}
}
