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
    try (Incoming incoming = receive(file)) {
      incoming.write(content);
      incoming.finish();
    }
  }

  /** Begins a file under a name that nobody takes for one of the vault. */
  Incoming receive(FileId file) throws IOException {
    FilePath holder = layout.holder(file);
    if (files.find(layout.file(file)).isPresent()) {
      throw taken(file, holder);
    }
    FilePath fresh = temporaries.in(holder);
    int mode = directories.modes().file();
    try {
      return new Incoming(this, file, fresh, create(fresh, holder, mode));
    } catch (IOException | RuntimeException failure) {
      // It may have been made before it failed.
      try {
        discard(fresh);
      } catch (IOException | RuntimeException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
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

  /** Gives a file its own name, unless that is taken. */
  void name(FileId file, FilePath fresh) throws IOException {
    try {
      files.renameNew(fresh, layout.file(file));
    } catch (FileLayerException e) {
      switch (e.reason()) {
        case ALREADY_EXISTS -> throw taken(file, layout.holder(file));
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

  /** Makes the name of a file durable. */
  void settle(FileId file) throws IOException {
    directories.sync(layout.holder(file));
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

  /** Removes a file that did not become one of the vault. */
  void discard(FilePath fresh) throws IOException {
    try {
      files.delete(fresh);
    } catch (FileLayerException e) {
      if (e.reason() != FileLayerException.Reason.NOT_FOUND) {
        throw e;
      }
    }
  }
}
