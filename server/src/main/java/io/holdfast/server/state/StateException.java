package io.holdfast.server.state;

/** The state database could not do what was asked. Nothing of it was done. */
public final class StateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
