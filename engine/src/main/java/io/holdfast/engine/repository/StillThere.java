package io.holdfast.engine.repository;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells damage from a backup that was removed while it was read. One's own retention leaves alone
 * what is read; that of others knows nothing of whoever reads their repository by its name alone,
 * where no mark can be put, and a hand removes what it likes. Thread-safe.
 *
 * @param backups opens the backups that are there
 */
public record StillThere(Opening backups) {
  /** Opens backups. */
  @FunctionalInterface
  public interface Opening {
    /** As {@link Repository#open}. */
    BackupReader open(RunId run) throws IOException;
  }

  /**
   * What a failure to read a backup is.
   *
   * @return with {@code BACKUP_NOT_FOUND} if the backup is gone; otherwise the failure itself
   */
  public HoldfastException explained(RunId run, HoldfastException failure) {
    // A file that is gone shows as damage, or as a storage that failed.
    boolean suspicious =
        failure.code().kind() == ErrorCode.Kind.CORRUPT || failure.code() == ErrorCode.IO;
    return suspicious && isGone(run) ? gone(run, failure) : failure;
  }

  /**
   * Goes on if the backup is there, as far as can be told.
   *
   * @throws HoldfastException {@code BACKUP_NOT_FOUND}
   */
  public void require(RunId run) {
    if (isGone(run)) {
      throw gone(run, null);
    }
  }

  private boolean isGone(RunId run) {
    try (BackupReader there = backups.open(run)) {
      return false;
    } catch (HoldfastException failure) {
      return failure.code() == ErrorCode.BACKUP_NOT_FOUND;
    } catch (IOException | RuntimeException unknown) {
      // Whoever asks has a failure to tell already.
      return false;
    }
  }

  private static HoldfastException gone(RunId run, @Nullable HoldfastException because) {
    return new HoldfastException(
            ErrorCode.BACKUP_NOT_FOUND,
            "backup " + run + " was removed while it was being read",
            "Take another one: 'holdfast backup list' shows what there is. Retention leaves alone"
                + " what is read with the configuration of the repository's owner.",
            because)
        .with("run_id", run.value());
  }
}
