package io.holdfast.cli.remote;

import java.io.IOException;
import java.time.Duration;

/** A server said nothing for too long. */
final class SilenceException extends IOException {
  private static final long serialVersionUID = 1L;

  SilenceException(Duration silence) {
    super("no sign of life for " + silence.toSeconds() + " s");
  }
}
