package io.holdfast.server.state;

/**
 * The state database could not do what was asked. The message says what that was, what is wrong
 * with the database and what to do about it.
 *
 * <p>Nothing of it was done, with one exception that no database can spare its callers: when the
 * connection or the disk fails in the very moment of writing, it may have been done after all.
 */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateException(String message) {
    super(message);
  }

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
