package io.holdfast.vault.backend.local;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * How a file comes and goes. It comes in this order, and a process may die between any two steps: a
 * new file beside its place, under a name that nobody takes for a file of the vault; its content;
 * the content durable; its own name, unless that is taken; the name durable.
 *
 * <p>Thread-safe.
 */
final class FileWriting {
  private final FileLayer files;
  private final Layout layout;
  private final Directories directories;
  private final Temporaries temporaries;

  FileWriting(FileLayer files, Layout layout, Directories directories, Temporaries temporaries) {
    this.files = files;
    this.layout = layout;
    this.directories = directories;
    this.temporaries = temporaries;
  }

  /** See {@link io.holdfast.vault.backend.Backend#write}; the position of the content moves. */
  void write(FileId file, ByteBuffer content) throws IOException {
    FilePath place = layout.file(file);
    FilePath holder = layout.holder(file);
    if (files.find(place).isPresent()) {
      throw taken(file, holder);
    }
    FilePath fresh = temporaries.in(holder);
    try {
      fill(fresh, holder, content);
      name(file, fresh, place, holder);
    } catch (IOException | RuntimeException failure) {
      discard(fresh, failure);
      throw failure;
    }
    directories.sync(holder);
  }

  private void fill(FilePath fresh, FilePath holder, ByteBuffer content) throws IOException {
    int mode = directories.modes().file();
    try (var out = create(fresh, holder, mode)) {
      out.write(content, 0);
      out.sync();
    }
  }

  private WritableFile create(FilePath fresh, FilePath holder, int mode) throws IOException {
    try {
      return files.create(fresh, mode);
    } catch (FileLayerException e) {
      if (e.reason() != FileLayerException.Reason.NOT_FOUND || holder.equals(layout.root())) {
        throw e;
      }
      directories.ensure(holder);
      return files.create(fresh, mode);
    }
  }

  private void name(FileId file, FilePath fresh, FilePath place, FilePath holder)
      throws IOException {
    try {
      files.renameNew(fresh, place);
    } catch (FileLayerException e) {
      switch (e.reason()) {
        case ALREADY_EXISTS -> throw taken(file, holder);
        case NOT_FOUND ->
            throw new BackendException(
                "write",
                file.toString(),
                Reason.TRANSIENT,
                "somebody removed what was just written: " + e.getMessage(),
                e);
        default -> throw e;
      }
    }
  }

  /**
   * The failure of a write whose name is taken. Whoever took it may have died, or failed, before
   * the name was durable; to the caller the file is stored, so it has to be.
   */
  private BackendException taken(FileId file, FilePath holder) throws IOException {
    directories.sync(holder);
    return new BackendException("write", file.toString(), Reason.ALREADY_EXISTS, "");
  }

  /**
   * Removes a file and makes that durable. A pack may go after the index that names it went, and
   * must not be the one of the two that is missing when the power comes back.
   */
  void delete(FileId file) throws IOException {
    try {
      files.delete(layout.file(file));
    } catch (FileLayerException e) {
      if (e.reason() != FileLayerException.Reason.NOT_FOUND) {
        throw e;
      }
    }
    FilePath holder = layout.holder(file);
    if (files.find(holder).isPresent()) {
      directories.sync(holder);
    }
  }

  private void discard(FilePath fresh, Exception failure) {
    try {
      files.delete(fresh);
    } catch (IOException | RuntimeException alsoFailed) {
      boolean gone =
          alsoFailed instanceof FileLayerException layer
              && layer.reason() == FileLayerException.Reason.NOT_FOUND;
      if (!gone) {
        failure.addSuppressed(alsoFailed);
      }
    }
  }
}
