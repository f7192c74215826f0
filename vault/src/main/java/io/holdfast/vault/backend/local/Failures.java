package io.holdfast.vault.backend.local;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;

/** Says of failures of the file system what they are to a vault. */
final class Failures {
  private Failures() {}

  static BackendException of(String operation, String subject, FileLayerException cause) {
    return new BackendException(
        operation, subject, reason(cause.reason()), String.valueOf(cause.getMessage()), cause);
  }

  /** A device that failed is not asked again: the kernel has done that before it gave up. */
  static Reason reason(FileLayerException.Reason cause) {
    return switch (cause) {
      case NOT_FOUND -> Reason.NOT_FOUND;
      case ALREADY_EXISTS -> Reason.ALREADY_EXISTS;
      case NOT_PERMITTED, READ_ONLY -> Reason.FORBIDDEN;
      case NO_SPACE -> Reason.FULL;
      case NOT_SUPPORTED -> Reason.UNSUPPORTED;
      case BUSY, TOO_MANY_OPEN -> Reason.TRANSIENT;
      case NOT_A_DIRECTORY,
          IS_A_DIRECTORY,
          NOT_REGULAR,
          NOT_EMPTY,
          SYMLINK,
          CROSS_DEVICE,
          TOO_LONG,
          TOO_LARGE,
          INPUT_OUTPUT,
          OTHER ->
          Reason.OTHER;
    };
  }
}
