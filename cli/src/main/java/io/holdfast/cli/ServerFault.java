package io.holdfast.cli;

/**
 * What goes wrong with a server rather than with a backup, as a stable name that scripts may depend
 * on. It stands where that of an {@link io.holdfast.engine.error.ErrorCode} would, when the server
 * names none.
 */
public enum ServerFault {
  /** Nobody answers, or what answered fell silent. */
  SERVER_UNREACHABLE(true),
  /** Its certificate is not one that is trusted. */
  SERVER_UNTRUSTED(false),
  /** It does not know the token, or the token's role may not do this. */
  TOKEN_REFUSED(false),
  /** It is starting, ending, or has had too many requests. */
  SERVER_BUSY(true),
  /** What is asked for does not go with what is there. */
  RESOURCE_CONFLICT(true),
  /** There is nothing of that name. */
  RECORD_NOT_FOUND(false),
  /** It does not accept the request as it is. */
  REQUEST_REFUSED(false),
  /** It could not do what it was asked, and its log says why. */
  SERVER_FAILED(false),
  /** What it says is not what a Holdfast server says. */
  ANSWER_INVALID(false);

  private final boolean retryable;

  ServerFault(boolean retryable) {
    this.retryable = retryable;
  }

  /** Whether the same command may succeed later with nothing changed. */
  public boolean retryable() {
    return retryable;
  }
}
