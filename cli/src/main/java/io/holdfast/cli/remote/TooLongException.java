package io.holdfast.cli.remote;

import java.io.IOException;

/** A server says more than anybody takes from it. */
final class TooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLongException(int mostBytes) {
    super("more than " + (mostBytes >> 20) + " MiB");
  }
}
