package io.holdfast.store.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * Drains what a process says, so that it never waits for its reader, and keeps the end of it, where
 * the reason of a failure stands.
 */
final class OutputTail {
  private static final int KEPT = 2048;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Thread reader;
  private byte[] tail = new byte[0];

  OutputTail(InputStream output) {
    reader = Thread.ofVirtual().name("command-output").start(() -> drain(output));
  }

  private void drain(InputStream output) {
    var buffer = new byte[4096];
    try (output) {
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException e) {
      // The process was killed, and its output with it.
    }
  }

  private synchronized void keep(byte[] more, int count) {
    byte[] all = Arrays.copyOf(tail, tail.length + count);
    System.arraycopy(more, 0, all, tail.length, count);
    tail = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
  }

  /**
   * What was said last, on one line. A child that lives on and holds the pipe is not waited for.
   */
  String text() {
    try {
      boolean ended = reader.join(PATIENCE);
      return (ended ? "" : "(still writing) ") + printable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return printable();
    }
  }

  private synchronized String printable() {
    return new String(tail, StandardCharsets.UTF_8).strip().replaceAll("[\\p{Cntrl}]+", " ");
  }
}
