package io.holdfast.vault.crypto;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A key file that no password will open here. Its text holds nothing secret. */
public final class KeyFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why it cannot be used. */
  public enum Reason {
    /** It is no key file, or a damaged one. */
    MALFORMED,
    /** It asks for a derivation that this version does not know. */
    UNSUPPORTED,
    /** Its derivation would take more memory or time than any honest one. */
    TOO_COSTLY
  }

  private final Reason reason;

  KeyFileException(Reason reason, String message) {
    this(reason, message, null);
  }

  KeyFileException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
