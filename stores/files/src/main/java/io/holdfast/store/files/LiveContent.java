package io.holdfast.store.files;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.util.Optional;

/**
 * The bytes of a file that an application may be writing. What is read is told for what it is: a
 * file that vanished, grew, shrank or changed meanwhile becomes a warning that says so.
 */
final class LiveContent implements Content {
  private final CaptureScope scope;
  private final FilePath file;
  private final TreePath path;
  private final FileStat listed;
  private final boolean detached;
  private volatile boolean lost;

  /**
   * @param file where it is
   * @param path how it is called in messages
   * @param listed what it was when its entry was made
   * @param detached whether it may be read later, by another thread
   */
  LiveContent(CaptureScope scope, FilePath file, TreePath path, FileStat listed, boolean detached) {
    this.scope = scope;
    this.file = file;
    this.path = path;
    this.listed = listed;
    this.detached = detached;
  }

  @Override
  public boolean isDetached() {
    return detached;
  }

  @Override
  public Optional<FileStat> file() {
    return Optional.of(listed);
  }

  /**
   * Whether the very file that was listed turned out not to be there any more when it was opened.
   * Who has its bytes from an earlier backup never opens it.
   */
  boolean wasLost() {
    return lost;
  }

  @Override
  public Reader open() throws IOException {
    ReadableFile readable;
    try {
      readable = scope.files().open(file);
    } catch (FileLayerException e) {
      lost = true;
      throw refused(e);
    }
    try {
      FileStat stat = readable.stat();
      lost = !stat.isSameFile(listed);
      boolean changed =
          !stat.isSameFile(listed)
              || stat.size() != listed.size()
              || !stat.modified().equals(listed.modified());
      return new LiveReader(scope, readable, path, stat, changed);
    } catch (IOException | RuntimeException e) {
      readable.close();
      throw e;
    }
  }

  /** What to throw instead: {@code NOT_FOUND} makes a sink leave the entry out. */
  private IOException refused(FileLayerException e) {
    return switch (e.reason()) {
      case NOT_FOUND, NOT_A_DIRECTORY -> leftOut("vanished before it could be read", e);
      case SYMLINK, IS_A_DIRECTORY, NOT_REGULAR ->
          leftOut("was replaced by what is no file before it could be read", e);
      case TOO_MANY_OPEN -> e;
      default -> {
        if (scope.purpose() == Purpose.SAFETY) {
          yield leftOut("is not in this backup, it is unreadable: " + e.reason().words(), e);
        }
        if (e.reason() == Reason.NOT_PERMITTED) {
          throw unreadable(file, e);
        }
        yield e;
      }
    };
  }

  private FileLayerException leftOut(String why, FileLayerException cause) {
    scope.warnings().add(path + " " + why);
    var gone = new FileLayerException("open", file, Reason.NOT_FOUND, "");
    gone.initCause(cause);
    return gone;
  }

  /** The error for what exists and may not be read. */
  static HoldfastException unreadable(FilePath path, FileLayerException cause) {
    return new HoldfastException(
            ErrorCode.SOURCE_UNREADABLE,
            path + " is unreadable: " + cause.reason().words(),
            "Let Holdfast's user read it, or name it in the component's exclude patterns.",
            cause)
        .with("path", path.toString());
  }
}
