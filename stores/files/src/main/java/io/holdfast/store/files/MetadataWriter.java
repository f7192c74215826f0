package io.holdfast.store.files;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Gives restored files and directories their owners, attributes, modes and times, in the order in
 * which none undoes another: a change of owner clears setuid bits and capabilities.
 *
 * <p>What this process may not set, or the file system cannot hold, is left out, and said once of
 * each sort. A setuid or setgid bit is not set on what could not be given to its owner: it would
 * lend the rights of whoever restores. Thread-safe.
 */
final class MetadataWriter {
  private final FileLayer files;
  private final Consumer<String> warn;
  private final Map<String, Boolean> told = new ConcurrentHashMap<>();

  MetadataWriter(FileLayer files, Consumer<String> warn) {
    this.files = files;
    this.warn = warn;
  }

  /** Metadata of an inode, through its path or an open file. */
  private interface Place {
    void setOwner(long uid, long gid) throws IOException;

    void setAttribute(byte[] name, byte[] value) throws IOException;

    void setMode(int mode) throws IOException;

    void setModified(FileTime time) throws IOException;
  }

  /** A file that was just created and written. */
  void apply(WritableFile file, FilePath path, Metadata metadata) throws IOException {
    apply(
        new Place() {
          @Override
          public void setOwner(long uid, long gid) throws IOException {
            file.setOwner(uid, gid);
          }

          @Override
          public void setAttribute(byte[] name, byte[] value) throws IOException {
            file.setAttribute(name, value);
          }

          @Override
          public void setMode(int mode) throws IOException {
            file.setMode(mode);
          }

          @Override
          public void setModified(FileTime time) throws IOException {
            file.setModified(time);
          }
        },
        path,
        metadata,
        true);
  }

  /** A directory or special file. */
  void apply(FilePath path, Metadata metadata) throws IOException {
    apply(place(path), path, metadata, true);
  }

  /** A symbolic link, which has no mode. */
  void applyToLink(FilePath path, Metadata metadata) throws IOException {
    apply(place(path), path, metadata, false);
  }

  private Place place(FilePath path) {
    return new Place() {
      @Override
      public void setOwner(long uid, long gid) throws IOException {
        files.setOwner(path, uid, gid);
      }

      @Override
      public void setAttribute(byte[] name, byte[] value) throws IOException {
        files.setAttribute(path, name, value);
      }

      @Override
      public void setMode(int mode) throws IOException {
        files.setMode(path, mode);
      }

      @Override
      public void setModified(FileTime time) throws IOException {
        files.setModified(path, time);
      }
    };
  }

  private void apply(Place place, FilePath path, Metadata metadata, boolean hasMode)
      throws IOException {
    boolean owned = owner(place, path, metadata);
    for (var attribute : metadata.attributes().entrySet()) {
      attribute(place, path, attribute.getKey(), attribute.getValue());
    }
    if (hasMode) {
      int mode = metadata.mode();
      if (!owned && (mode & 06000) != 0) {
        mode &= 01777;
        once("setuid", path + " got no setuid or setgid bit, since it could not get its owner");
      }
      place.setMode(mode);
    }
    place.setModified(metadata.modified());
  }

  private boolean owner(Place place, FilePath path, Metadata metadata) throws IOException {
    try {
      place.setOwner(metadata.uid(), metadata.gid());
      return true;
    } catch (FileLayerException e) {
      tolerate(e, "owner", path + " and perhaps more could not be given to their owners");
      return false;
    }
  }

  private void attribute(Place place, FilePath path, AttributeName name, byte[] value)
      throws IOException {
    try {
      place.setAttribute(name.toBytes(), value);
    } catch (FileLayerException e) {
      tolerate(
          e,
          "attribute " + name,
          "attribute " + name + " of " + path + " and perhaps more was not restored");
    }
  }

  private void tolerate(FileLayerException e, String sort, String message)
      throws FileLayerException {
    if (!Arrays.asList(Reason.NOT_PERMITTED, Reason.NOT_SUPPORTED).contains(e.reason())) {
      throw e;
    }
    once(sort, message + ": " + e.reason().words());
  }

  /** Tells something the first time that something of its sort is met. */
  void once(String sort, String message) {
    if (told.putIfAbsent(sort, true) == null) {
      warn.accept(message);
    }
  }
}
