package io.holdfast.server.http;

import java.util.Locale;

/**
 * What a caller may do; each may also do what those before it may. {@link #TARGET} stands apart: it
 * opens nothing of the API, and no role of the API opens a target. Whoever steals the token of a
 * machine that is backed up must not get at the server, and an administrator's token has no place
 * on that machine.
 */
public enum Access {
  /** Anybody, without a token. */
  OPEN,
  /** Keep a vault at this server, and nothing else; which vault says the {@link Caller.Scope}. */
  TARGET,
  /** Look. */
  VIEWER,
  /** Back up, validate, drill. */
  OPERATOR,
  /** Everything: restore, delete, settings, tokens. */
  ADMIN;

  /** The lowercase word of the role in interfaces and in the state database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean includes(Access needed) {
    return needed == OPEN || ((this == TARGET) == (needed == TARGET) && compareTo(needed) >= 0);
  }
}
