package io.holdfast.engine.file;

import java.io.IOException;

/**
 * An operation of a {@link FileLayer} that failed, with the reason in a form that code can act on.
 */
public final class FileLayerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why an operation failed; {@link #OTHER} when nothing in Holdfast acts on the difference. */
  public enum Reason {
    NOT_FOUND("no such file or directory"),
    ALREADY_EXISTS("already exists"),
    NOT_PERMITTED("permission denied"),
    NO_SPACE("no space left on the device, or quota exceeded"),
    READ_ONLY("read-only file system"),
    NOT_A_DIRECTORY("not a directory"),
    IS_A_DIRECTORY("is a directory"),
    NOT_REGULAR("is not a regular file"),
    NOT_EMPTY("directory is not empty"),
    SYMLINK("is a symbolic link, or too many of them"),
    CROSS_DEVICE("lies on another file system"),
    NOT_SUPPORTED("not supported by the file system"),
    TOO_LONG("name too long"),
    TOO_LARGE("too large"),
    BUSY("in use"),
    TOO_MANY_OPEN("too many open files"),
    INPUT_OUTPUT("input/output error of the device"),
    OTHER("failed");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  private final Reason reason;
  private final String operation;
  private final transient FilePath path;

  /**
   * @param operation the verb, for people: {@code open}, {@code rename}
   * @param path what it was applied to
   * @param detail what the system adds, such as {@code errno 5}; may be empty
   */
  public FileLayerException(String operation, FilePath path, Reason reason, String detail) {
    super(
        operation
            + " "
            + path
            + ": "
            + reason.words()
            + (detail.isEmpty() ? "" : " (" + detail + ")"));
    this.operation = operation;
    this.path = path;
    this.reason = reason;
  }

  /** Whether nothing can be written there as things are, whatever is tried. */
  public boolean isUnwritable() {
    return switch (reason) {
      case READ_ONLY, NOT_PERMITTED, NO_SPACE -> true;
      default -> false;
    };
  }

  public Reason reason() {
    return reason;
  }

  public String operation() {
    return operation;
  }

  public FilePath path() {
    return path;
  }
}
