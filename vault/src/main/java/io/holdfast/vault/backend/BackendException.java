package io.holdfast.vault.backend;

import java.io.IOException;

/**
 * An operation of a {@link Backend} that failed, with the reason in a form that code can act on.
 */
public final class BackendException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why it failed. */
  public enum Reason {
    /** No such file, or no vault. */
    NOT_FOUND("not found", false),
    /** There is one of that name. */
    ALREADY_EXISTS("already exists", false),
    /** What was asked for is not wholly there: a file is shorter than the range that was read. */
    TOO_SHORT("shorter than expected", false),
    /** The storage does not know us. */
    UNAUTHENTICATED("credentials were refused", false),
    /** The storage knows us, and we may not. */
    FORBIDDEN("not permitted", false),
    /** No room. */
    FULL("no space left", false),
    /** The storage says that it cannot do this at all. */
    UNSUPPORTED("not supported by the storage", false),
    /** May be gone when tried again: a connection lost, a server that is busy, a timeout. */
    TRANSIENT("failed for the moment", true),
    /** Anything else. */
    OTHER("failed", false);

    private final String words;
    private final boolean retryable;

    Reason(String words, boolean retryable) {
      this.words = words;
      this.retryable = retryable;
    }

    public String words() {
      return words;
    }

    /** Whether the same call may succeed a little later. */
    public boolean isRetryable() {
      return retryable;
    }
  }

  private final Reason reason;

  /**
   * @param operation the verb, for people: {@code read}, {@code write}
   * @param subject what it was applied to, without secrets
   * @param detail what the storage says; may be empty, and holds no secrets
   */
  public BackendException(String operation, String subject, Reason reason, String detail) {
    super(text(operation, subject, reason, detail));
    this.reason = reason;
  }

  /** The same, with the failure below it. */
  public BackendException(
      String operation, String subject, Reason reason, String detail, Throwable cause) {
    super(text(operation, subject, reason, detail), cause);
    this.reason = reason;
  }

  private static String text(String operation, String subject, Reason reason, String detail) {
    return operation
        + " "
        + subject
        + ": "
        + reason.words()
        + (detail.isEmpty() ? "" : " (" + detail + ")");
  }

  public Reason reason() {
    return reason;
  }
}
