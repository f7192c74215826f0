package io.holdfast.engine.copy;

import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.run.RunId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a copy.
 *
 * @param backups those that were to be there, oldest first, as far as it got
 * @param failure why it ended before all were tried; empty if it did not
 */
public record CopyOutcome(List<Backup> backups, Optional<ComponentRecord.Failure> failure) {
  public CopyOutcome {
    backups = List.copyOf(backups);
  }

  /** Whether every backup is in the target now. */
  public boolean isComplete() {
    return failure.isEmpty() && backups.stream().noneMatch(b -> b.result() == Result.FAILED);
  }

  /** What became of one backup. */
  public enum Result {
    /** It was copied. */
    COPIED,
    /** The target had it already. */
    PRESENT,
    /** It was not copied; nothing of it is in the target. */
    FAILED;

    /** The lowercase word in interfaces. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One backup.
   *
   * @param run its run
   * @param result what became of it
   * @param bytes of content that were copied
   * @param failure why it was not
   */
  public record Backup(
      RunId run, Result result, long bytes, Optional<ComponentRecord.Failure> failure) {}
}
