package io.holdfast.engine.repository.layout;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.transfer.SourceFailure;
import java.io.IOException;

/**
 * Says what a failed operation on the repository means, in one place.
 *
 * <p>Only for operations on the repository's own files. What a source fails with passes through
 * {@link io.holdfast.engine.repository.transfer.SourceContent} and is left as it is. Thread-safe.
 *
 * @param files the file layer
 * @param root the repository
 */
public record StorageErrors(FileLayer files, FilePath root) {
  /** Operations on the repository. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /** Operations on the repository without a result. */
  @FunctionalInterface
  public interface Task {
    void run() throws IOException;
  }

  /** Runs operations; what fails in them becomes an error of the repository. */
  public <T> T translate(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (SourceFailure source) {
      throw source.failure();
    } catch (FileLayerException failure) {
      throw meaning(failure);
    }
  }

  /** As {@link #translate(Work)}. */
  public void translate(Task task) throws IOException {
    this.<Boolean>translate(() -> {
      task.run();
      return true;
    });
  }

  /** What a failure means for the one who runs the backup. */
  public HoldfastException meaning(FileLayerException failure) {
    return switch (failure.reason()) {
      case NO_SPACE ->
          error(
              ErrorCode.REPOSITORY_FULL,
              failure,
              "Free space there, or let retention keep fewer backups, and run again.");
      case NOT_PERMITTED, READ_ONLY ->
          error(
              ErrorCode.REPOSITORY_UNWRITABLE,
              failure,
              "Let the user that runs Holdfast own the repository, on a file system mounted for"
                  + " writing.");
      case NOT_FOUND, NOT_A_DIRECTORY ->
          isThere()
              ? error(
                  ErrorCode.IO,
                  failure,
                  "Something removed it while it was in use: make sure that nothing else works in"
                      + " the repository.")
              : unavailable(failure);
      case NOT_SUPPORTED, TOO_LONG, TOO_LARGE ->
          error(
              ErrorCode.IO,
              failure,
              "The file system of the repository cannot hold this; `compression: zstd` stores"
                  + " everything in one file.");
      default ->
          error(
              ErrorCode.IO,
              failure,
              "Look for errors of the disk in the system's log, and run again.");
    };
  }

  /**
   * What a failure to read a published backup means: what is missing, or something else than it was
   * when it was written, is damage.
   *
   * @param subject what was read, relative to the backup
   */
  public HoldfastException damage(FileLayerException failure, String subject) {
    return switch (failure.reason()) {
      case NOT_FOUND,
          NOT_A_DIRECTORY,
          IS_A_DIRECTORY,
          NOT_REGULAR,
          SYMLINK,
          TOO_LONG,
          INPUT_OUTPUT ->
          isThere()
              ? Damage.artifact(subject, "cannot be read: " + failure.getMessage(), failure)
              : unavailable(failure);
      case NOT_PERMITTED ->
          error(
              ErrorCode.REPOSITORY_UNAVAILABLE,
              failure,
              "Run Holdfast as the user that owns the repository.");
      default -> meaning(failure);
    };
  }

  private HoldfastException unavailable(FileLayerException failure) {
    return error(
        ErrorCode.REPOSITORY_UNAVAILABLE,
        failure,
        "The repository is gone: mount the file system that holds it, or correct its path.");
  }

  private boolean isThere() {
    try {
      return files.find(root.resolve(RepositoryLayout.FORMAT_FILE)).isPresent();
    } catch (IOException unreachable) {
      return false;
    }
  }

  private HoldfastException error(ErrorCode code, FileLayerException failure, String guidance) {
    return new HoldfastException(
            code, "the repository " + root + " failed: " + failure.getMessage(), guidance, failure)
        .with("path", failure.path().toString());
  }
}
