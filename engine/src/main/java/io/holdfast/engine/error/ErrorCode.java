package io.holdfast.engine.error;

/**
 * What went wrong, as a stable name that scripts and APIs may depend on. Texts may change between
 * versions; these names do not.
 *
 * <p>Where a code leads (exit code, HTTP status, colour) is decided at the edge that shows it, in
 * one place each.
 */
public enum ErrorCode {
  /** The configuration cannot be used; nothing was run. */
  CONFIGURATION_INVALID(Kind.USAGE, false),
  /** The command or the request makes no sense as given. */
  USAGE(Kind.USAGE, false),
  /** This operating system or processor cannot do what is asked. */
  PLATFORM_UNSUPPORTED(Kind.USAGE, false),
  /** A value that somebody wants to set is not allowed; the old one stays in force. */
  VALUE_REFUSED(Kind.USAGE, false),
  /** A restore or a deletion needs the consent of the user, which was not given. */
  CONFIRMATION_REQUIRED(Kind.USAGE, false),

  /** What a component names does not exist. */
  SOURCE_MISSING(Kind.SOURCE, false),
  /** What a component names exists and may not be read. */
  SOURCE_UNREADABLE(Kind.SOURCE, false),
  /** The source is locked by its application for longer than the handler may wait. */
  SOURCE_BUSY(Kind.SOURCE, true),
  /** The source is not of the kind that the component claims: not a database, not a directory. */
  SOURCE_INVALID(Kind.SOURCE, false),
  /** The source is of the right kind and damaged. */
  SOURCE_CORRUPT(Kind.SOURCE, false),
  /** A command that belongs to the component, such as {@code pause}, failed. */
  SOURCE_COMMAND_FAILED(Kind.SOURCE, true),

  /** The repository cannot be reached: not there, not a directory, not mounted. */
  REPOSITORY_UNAVAILABLE(Kind.REPOSITORY, true),
  /** The repository may not be written. */
  REPOSITORY_UNWRITABLE(Kind.REPOSITORY, false),
  /** No space is left where the repository lies. */
  REPOSITORY_FULL(Kind.REPOSITORY, true),
  /** The repository or a backup in it was written by a newer version of the format. */
  FORMAT_UNSUPPORTED(Kind.CORRUPT, false),
  /** A backup's manifest does not match its own checksum, or cannot be read. */
  MANIFEST_CORRUPT(Kind.CORRUPT, false),
  /** A stored artifact is missing, truncated or altered. */
  ARTIFACT_CORRUPT(Kind.CORRUPT, false),
  /** A handler opened an intact artifact and found that it cannot be restored. */
  ARTIFACT_INVALID(Kind.CORRUPT, false),

  /** No backup has that identifier. */
  BACKUP_NOT_FOUND(Kind.NOT_FOUND, false),
  /** No component has that name, in the configuration or in the backup. */
  COMPONENT_NOT_FOUND(Kind.NOT_FOUND, false),
  /**
   * The backup exists and may not be restored or deleted like that, for instance because it failed.
   */
  BACKUP_UNSUITABLE(Kind.CONFLICT, false),
  /** Something else has that name. */
  NAME_TAKEN(Kind.CONFLICT, false),
  /** Another backup, restore or deletion of this installation is under way. */
  BUSY(Kind.CONFLICT, true),
  /** The process is ending and begins nothing any more. */
  SHUTTING_DOWN(Kind.CONFLICT, true),

  /** The run was cancelled. */
  CANCELLED(Kind.INTERRUPTED, true),
  /** The run or one of its components took longer than it may. */
  TIMEOUT(Kind.INTERRUPTED, true),
  /** The process that ran it ended before the run did. */
  INTERRUPTED(Kind.INTERRUPTED, true),

  /** The place to restore to may not be written. */
  TARGET_UNWRITABLE(Kind.TARGET, false),
  /** No space is left where a restore has to write. */
  TARGET_FULL(Kind.TARGET, true),
  /** The place to restore to is in a state that a restore must not touch. */
  TARGET_UNSUITABLE(Kind.TARGET, false),
  /** A restore failed; every target is as it was before. */
  RESTORE_ROLLED_BACK(Kind.RESTORE, true),
  /** A restore failed and so did rolling it back: someone has to look. */
  ROLLBACK_FAILED(Kind.RESTORE, false),

  /** Reading or writing failed for a reason that is none of the above. */
  IO(Kind.INTERNAL, true),
  /** A defect in Holdfast, or in a handler. */
  INTERNAL(Kind.INTERNAL, false);

  /** The families of errors; an edge that does not know a code goes by its kind. */
  public enum Kind {
    USAGE,
    SOURCE,
    REPOSITORY,
    CORRUPT,
    NOT_FOUND,
    CONFLICT,
    INTERRUPTED,
    TARGET,
    RESTORE,
    INTERNAL
  }

  private final Kind kind;
  private final boolean retryable;

  ErrorCode(Kind kind, boolean retryable) {
    this.kind = kind;
    this.retryable = retryable;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the same request may succeed later with nothing changed by its sender. */
  public boolean retryable() {
    return retryable;
  }
}
