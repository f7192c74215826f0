package io.holdfast.engine.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.manifest.ComponentRecord;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Turns whatever a step threw into the one family of errors. */
public final class Failures {
  private Failures() {}

  /**
   * The error that this is, or stands for.
   *
   * @param what what was being done, to begin the message with: {@code "component app-db"}
   */
  public static HoldfastException of(String what, Exception thrown) {
    return switch (thrown) {
      case HoldfastException known -> known;
      case UncheckedIOException wrapped ->
          of(what, java.util.Objects.requireNonNull(wrapped.getCause()));
      case FileLayerException e when e.reason() == FileLayerException.Reason.NO_SPACE ->
          new HoldfastException(
              ErrorCode.REPOSITORY_FULL,
              what + ": " + e.getMessage(),
              "Make room on that file system, and try again.",
              e);
      case FileLayerException e when e.reason() == FileLayerException.Reason.NOT_PERMITTED ->
          new HoldfastException(
              ErrorCode.SOURCE_UNREADABLE,
              what + ": " + e.getMessage(),
              "Let the user that Holdfast runs as read it, or exclude it.",
              e);
      case IOException e ->
          new HoldfastException(
              ErrorCode.IO,
              what + ": " + e.getMessage(),
              "Look at the storage and the system's log.",
              e);
      default ->
          new HoldfastException(
              ErrorCode.INTERNAL,
              what + ": " + thrown,
              "This is a defect; please report it with the output of --verbose.",
              thrown);
    };
  }

  /** What went wrong with the repository or the state, outside of any component. */
  public static HoldfastException ofInstallation(Exception thrown) {
    return switch (thrown) {
      case UncheckedIOException wrapped ->
          ofInstallation(java.util.Objects.requireNonNull(wrapped.getCause()));
      case FileLayerException e
          when e.reason() == FileLayerException.Reason.NOT_PERMITTED
              || e.reason() == FileLayerException.Reason.READ_ONLY ->
          new HoldfastException(
              ErrorCode.REPOSITORY_UNWRITABLE,
              "the repository or the state cannot be used: " + e.getMessage(),
              "Run Holdfast as the user that owns them, on file systems mounted for writing.",
              e);
      default -> of("holdfast", thrown);
    };
  }

  /** The same for a restore, where what is written to is the target. */
  public static HoldfastException ofRestore(String what, Exception thrown) {
    return switch (thrown) {
      case UncheckedIOException wrapped ->
          ofRestore(what, java.util.Objects.requireNonNull(wrapped.getCause()));
      case FileLayerException e when e.reason() == FileLayerException.Reason.NO_SPACE ->
          new HoldfastException(
              ErrorCode.TARGET_FULL,
              what + ": " + e.getMessage(),
              "A restore needs room for a second copy beside its target; make room, and try again.",
              e);
      case FileLayerException e
          when e.reason() == FileLayerException.Reason.NOT_PERMITTED
              || e.reason() == FileLayerException.Reason.READ_ONLY ->
          new HoldfastException(
              ErrorCode.TARGET_UNWRITABLE,
              what + ": " + e.getMessage(),
              "Let the user that Holdfast runs as write there, or restore elsewhere with --to.",
              e);
      default -> of(what, thrown);
    };
  }

  static ComponentRecord.Failure record(HoldfastException e) {
    return new ComponentRecord.Failure(e.code(), e.message(), e.guidance());
  }
}
