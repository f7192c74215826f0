package io.holdfast.vault.trial;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.Waiter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How far away a storage is, and what time it is there. */
final class SurroundingsTrial {
  private static final int QUESTIONS = 5;
  private static final long SLOW_NANOS = Duration.ofMillis(500).toNanos();
  private static final double NANOS_PER_MILLI = 1e6;

  /** S3 refuses requests that are off by more than 15 minutes. */
  private static final Duration OFF = Duration.ofMinutes(5);

  private final Backend backend;
  private final Clock clock;
  private final Waiter waiter;

  SurroundingsTrial(Backend backend, Clock clock, Waiter waiter) {
    this.backend = backend;
    this.clock = clock;
    this.waiter = waiter;
  }

  Finding reachable() throws IOException {
    // The list fails where there is nothing that could hold a vault; a question for one file need
    // not.
    boolean unused = backend.list(FileType.LOCK).isEmpty();
    long[] nanos = new long[QUESTIONS];
    for (int i = 0; i < QUESTIONS; i++) {
      long began = waiter.nanoTime();
      boolean ignored = backend.exists(FileId.CONFIG);
      nanos[i] = waiter.nanoTime() - began;
    }
    Arrays.sort(nanos);
    long median = nanos[QUESTIONS / 2];
    String message =
        String.format(
            Locale.ROOT, "%s answers in %.1f ms", backend.location(), median / NANOS_PER_MILLI);
    return median < SLOW_NANOS
        ? new Finding(Severity.OK, "reachable", message, "")
        : new Finding(
            Severity.WARNING,
            "reachable",
            message,
            "Backups and restores of many small files will be slow; a storage that is nearer, or a"
                + " better line, helps.");
  }

  Finding clock() throws IOException {
    Instant before = clock.instant();
    Optional<Instant> there = backend.time();
    if (there.isEmpty()) {
      return new Finding(Severity.OK, "clock", "the storage does not tell the time", "");
    }
    Duration off = Duration.between(before, there.get());
    String message = "its clock and that of this machine differ by " + off.abs().toSeconds() + " s";
    return off.abs().compareTo(OFF) < 0
        ? new Finding(Severity.OK, "clock", message, "")
        : new Finding(
            Severity.WARNING,
            "clock",
            message,
            "Set both by NTP. Stores refuse requests that are signed at a wrong time, and backups"
                + " are listed with it.");
  }
}
