package io.holdfast.server.http;

import java.io.IOException;

/** An answer cannot be sent on: its reader went away, or has not read for too long. */
final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ClientGoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
