package io.holdfast.server.http;

import java.util.Locale;

/** What a caller may do; each may also do what those before it may. */
public enum Access {
  /** Anybody, without a token. */
  OPEN,
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
    return compareTo(needed) >= 0;
  }
}
