package io.holdfast.cli;

import io.holdfast.engine.error.ErrorCode;

/**
 * The one place of exit codes: what a script may rely on. docs/exit-codes.md says the same, and a
 * test holds it to this class. A number never changes its meaning.
 */
public enum ExitCode {
  OK(0, "Done, and everything is well."),
  FAILED(1, "Failed, for a reason that none of the others names."),
  USAGE(2, "The command line or the configuration is wrong; nothing was begun."),
  PARTIAL(3, "A backup was made and published, without an optional component that failed."),
  NOT_FOUND(
      4, "There is no such backup, or no such component; on a server, run, token or setting."),
  BUSY(
      5,
      "Another backup, restore or deletion of this installation is under way; on a server, or what is"
          + " asked conflicts with what is there."),
  CORRUPT(
      6, "A backup or the repository is damaged, or of a newer format; a restore changed nothing."),
  RESTORE_FAILED(7, "A restore failed, and every target is as it was before."),
  ROLLBACK_FAILED(8, "A restore failed, and so did rolling it back: somebody has to look."),
  CONFIRMATION(9, "Consent is needed (--confirm) and was not given; nothing was changed."),
  REPOSITORY(10, "The repository is not there, may not be written, or is full."),
  UNREACHABLE(68, "The server cannot be reached, or is not trusted."),
  UNSUPPORTED(69, "No Java 25 or newer was found, or this system or processor is not supported."),
  LATER(75, "The server takes no such request now; the same command may succeed later."),
  REFUSED(77, "The server refused the token, or its role is not allowed to do this."),
  TIMEOUT(124, "A run, or one of its components, took longer than its timeout."),
  INTERRUPTED(130, "Cancelled by Ctrl-C (SIGINT) or by a cancellation."),
  PIPE_CLOSED(141, "Done, but whoever read the output did not read to its end (as SIGPIPE)."),
  TERMINATED(143, "Cancelled by SIGTERM.");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /** 0 to 255. */
  public int number() {
    return number;
  }

  /** One sentence, for people. */
  public String meaning() {
    return meaning;
  }

  /** Where it leads that a server could not be asked, or would not answer. */
  public static ExitCode of(ServerFault fault) {
    return switch (fault) {
      case SERVER_UNREACHABLE, SERVER_UNTRUSTED -> UNREACHABLE;
      case TOKEN_REFUSED -> REFUSED;
      case SERVER_BUSY -> LATER;
      case RESOURCE_CONFLICT -> BUSY;
      case RECORD_NOT_FOUND -> NOT_FOUND;
      case REQUEST_REFUSED -> USAGE;
      case SERVER_FAILED, ANSWER_INVALID -> FAILED;
    };
  }

  /** Where an error leads. */
  public static ExitCode of(ErrorCode code) {
    return switch (code) {
      case CONFIGURATION_INVALID, USAGE, VALUE_REFUSED -> USAGE;
      case PLATFORM_UNSUPPORTED -> UNSUPPORTED;
      case CONFIRMATION_REQUIRED -> CONFIRMATION;
      case SOURCE_MISSING,
          SOURCE_UNREADABLE,
          SOURCE_BUSY,
          SOURCE_INVALID,
          SOURCE_CORRUPT,
          SOURCE_COMMAND_FAILED,
          BACKUP_UNSUITABLE,
          INTERRUPTED,
          IO,
          INTERNAL ->
          FAILED;
      case REPOSITORY_UNAVAILABLE, REPOSITORY_UNWRITABLE, REPOSITORY_FULL -> REPOSITORY;
      case FORMAT_UNSUPPORTED, MANIFEST_CORRUPT, ARTIFACT_CORRUPT, ARTIFACT_INVALID -> CORRUPT;
      case BACKUP_NOT_FOUND, COMPONENT_NOT_FOUND -> NOT_FOUND;
      case BUSY, NAME_TAKEN -> BUSY;
      case SHUTTING_DOWN -> LATER;
      case CANCELLED -> INTERRUPTED;
      case TIMEOUT -> TIMEOUT;
      case TARGET_UNWRITABLE, TARGET_FULL, TARGET_UNSUITABLE, RESTORE_ROLLED_BACK -> RESTORE_FAILED;
      case ROLLBACK_FAILED -> ROLLBACK_FAILED;
    };
  }
}
