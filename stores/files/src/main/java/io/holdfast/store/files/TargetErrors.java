package io.holdfast.store.files;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.function.Predicate;

/** Tells failures of writing to a target from those of reading a repository. */
final class TargetErrors {
  private TargetErrors() {}

  /**
   * What to throw for a failure of an operation on a target.
   *
   * @return an exception with a code that says what is wrong with the target, or the failure itself
   */
  static Exception of(IOException failure) {
    if (!(failure instanceof FileLayerException e)) {
      return failure;
    }
    return switch (e.reason()) {
      case NO_SPACE -> full(e);
      case NOT_PERMITTED, READ_ONLY ->
          new HoldfastException(
                  ErrorCode.TARGET_UNWRITABLE,
                  "the target cannot be written: " + e.getMessage(),
                  "Restore as a user who may write "
                      + e.path().parent()
                      + ", for instance as root, or restore to another directory with --to.",
                  e)
              .with("path", e.path().toString());
      case TOO_LONG ->
          unsuitable(
              e.path() + " is too long a path to be staged beside the target",
              "Restore to a directory with a shorter path with --to, and move the result.");
      default -> e;
    };
  }

  private static HoldfastException full(FileLayerException e) {
    return new HoldfastException(
            ErrorCode.TARGET_FULL,
            "no space is left for the restore: " + e.getMessage(),
            "A restore needs room for the restored state beside the live one: make room, or restore"
                + " elsewhere with --to.",
            e)
        .with("path", e.path().toString());
  }

  static HoldfastException unsuitable(String what, String guidance) {
    return new HoldfastException(ErrorCode.TARGET_UNSUITABLE, what, guidance);
  }

  /** Like {@link #of}, for failures that concern certain paths; others stay what they are. */
  static Exception of(Exception failure, Predicate<FilePath> isTarget) {
    return failure instanceof FileLayerException e && isTarget.test(e.path()) ? of(e) : failure;
  }

  /** Throws what has been decided. */
  static RuntimeException rethrow(Exception failure) throws IOException {
    switch (failure) {
      case IOException io -> throw io;
      case RuntimeException runtime -> throw runtime;
      default -> throw new IOException(failure);
    }
  }
}
