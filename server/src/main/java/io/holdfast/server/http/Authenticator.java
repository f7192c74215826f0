package io.holdfast.server.http;

import java.util.Optional;

/** Finds out who makes a request. */
@FunctionalInterface
public interface Authenticator {
  /**
   * The caller that presents a bearer token; empty if it is not valid.
   *
   * @param token what followed {@code Bearer } in the header {@code Authorization}
   */
  Optional<Caller> authenticate(String token);
}
