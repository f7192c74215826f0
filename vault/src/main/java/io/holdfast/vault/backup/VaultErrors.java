package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.transfer.SourceFailure;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.UnsupportedVersionException;
import io.holdfast.vault.pack.DamagedBlobException;
import io.holdfast.vault.pack.DamagedPackException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/**
 * Says what a failed operation on a vault means, in one place. Thread-safe.
 *
 * @param location the vault, for people
 * @param state where this machine's part is kept, whose failures are none of the vault
 */
record VaultErrors(String location, FilePath state) {
  private static final String CHECK =
      "`holdfast repository check` tells what else is damaged. Restore from another backup.";

  /** What an index says can be read from the packs again, so that nothing is lost with it. */
  private static final String INDEX =
      "Nothing is lost with an index. Look at the storage, make a copy of the vault, and let restic"
          + " make its index anew: `restic repair index`, or `restic rebuild-index` before 0.16.";

  /** Operations on the vault. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Operations on the vault without a result. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }

  /** Runs operations; what fails in them becomes an error of the repository. */
  <T> T translate(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (SourceFailure source) {
      throw source.failure();
    } catch (BackendException failure) {
      throw meaning(failure);
    } catch (UnsupportedVersionException newer) {
      throw error(
          ErrorCode.FORMAT_UNSUPPORTED, newer, "Use a version of Holdfast that reads this one.");
    } catch (FormatException damaged) {
      throw error(
          ErrorCode.ARTIFACT_CORRUPT, damaged, damaged.isOf(FileType.INDEX.word()) ? INDEX : CHECK);
    } catch (DamagedBlobException | DamagedPackException damaged) {
      throw error(ErrorCode.ARTIFACT_CORRUPT, damaged, CHECK);
    } catch (FileLayerException local) {
      throw local(ErrorCode.IO, local);
    } catch (HoldfastException known) {
      // What keeps the records there takes them for a repository, and says so.
      throw known.getCause() instanceof FileLayerException local
              && local.path().startsWith(state)
              && known.code().kind() != ErrorCode.Kind.CORRUPT
          ? local(known.code(), local)
          : known;
    }
  }

  /** As {@link #translate(Work)}. */
  void translate(Task task) throws IOException {
    this.<Boolean>translate(() -> {
      task.run();
      return true;
    });
  }

  private static boolean hasUnknownHost(BackendException failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private HoldfastException meaning(BackendException failure) {
    return switch (failure.reason()) {
      case FULL ->
          error(
              ErrorCode.REPOSITORY_FULL,
              failure,
              "Free space there, or let retention keep fewer backups and prune, and run again.");
      case FORBIDDEN ->
          error(
              ErrorCode.REPOSITORY_UNWRITABLE,
              failure,
              "Let these credentials, or the user that runs Holdfast, read and write there.");
      case UNAUTHENTICATED ->
          error(ErrorCode.REPOSITORY_UNAVAILABLE, failure, "Correct the credentials.");
      case TRANSIENT ->
          error(
              ErrorCode.REPOSITORY_UNAVAILABLE,
              failure,
              hasUnknownHost(failure)
                  ? "Correct the name of the host, or look why DNS does not know it."
                  : "Look at the storage and the way to it, and run again.");
      case NOT_FOUND ->
          error(
              ErrorCode.REPOSITORY_UNAVAILABLE,
              failure,
              "Correct its address, mount the file system or make the bucket that holds it; `holdfast"
                  + " repository check` tells if files of it are lost.");
      case TOO_SHORT ->
          error(
              ErrorCode.ARTIFACT_CORRUPT,
              failure,
              "`holdfast repository check` tells what else is damaged.");
      case ALREADY_EXISTS, UNSUPPORTED, OTHER ->
          error(ErrorCode.IO, failure, "Look into the log of the storage, and run again.");
    };
  }

  /** Of files on this machine, beside the vault. */
  private HoldfastException local(ErrorCode code, FileLayerException failure) {
    return new HoldfastException(
            code,
            "the state on this machine failed: " + failure.getMessage(),
            "Look whether the file system of the state directory is full or broken, and run again.",
            failure)
        .with("path", failure.path().toString());
  }

  private HoldfastException error(ErrorCode code, IOException failure, String guidance) {
    return new HoldfastException(
        code, "the vault " + location + " failed: " + failure.getMessage(), guidance, failure);
  }
}
