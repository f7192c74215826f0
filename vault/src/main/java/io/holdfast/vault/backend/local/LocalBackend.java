package io.holdfast.vault.backend.local;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A vault in a directory, in the layout of restic: see {@link Layout} and {@link Modes}.
 * Directories may be symbolic links, so that a vault can be spread over disks; files may not.
 *
 * <p>What a process that died left behind is never listed, and {@link #tidy} removes it.
 *
 * <p>An interruption is noticed between the steps of an operation and between its calls, not while
 * the kernel is at work.
 */
public final class LocalBackend implements Backend {
  private final FileLayer files;
  private final Layout layout;
  private final Directories directories;
  private final Temporaries temporaries;
  private final FileWriting writing;
  private volatile boolean closed;

  /**
   * @param root the directory of the vault; need not exist before {@link #create}
   * @param random tells this writer from all others; thread-safe
   */
  public LocalBackend(FileLayer files, FilePath root, RandomGenerator random) {
    this.files = files;
    this.layout = new Layout(root);
    this.temporaries = new Temporaries(files, root, random);
    this.directories = new Directories(files, layout);
    this.writing = new FileWriting(files, layout, directories, temporaries);
  }

  /** Something that the file system is asked for. */
  @FunctionalInterface
  private interface Work<T extends @Nullable Object> {
    T run() throws IOException;
  }

  @Override
  public String location() {
    return layout.root().toString();
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  /** Makes the directories that are missing, those above the root included, and tidies up. */
  @Override
  public void create() throws IOException {
    this.<@Nullable Void>perform(
        "create",
        location(),
        () -> {
          directories.create();
          new Leftovers(files, layout.root()).remove(directories.all());
          return null;
        });
  }

  /**
   * Removes what processes left behind that died while they wrote. What anybody still writes, here
   * or elsewhere, stays: its writer holds a lock that the kernel frees when it dies. Where several
   * machines share a file system that does not share locks, a file may be taken away from a writer
   * who is alive; his {@link #write} fails as {@code TRANSIENT} then, and no harm is done.
   *
   * @return how many files were removed
   */
  public int tidy() throws IOException {
    return perform(
        "tidy", location(), () -> new Leftovers(files, layout.root()).remove(directories.all()));
  }

  @Override
  public void write(FileId file, ByteBuffer content) throws IOException {
    this.<@Nullable Void>perform(
        "write",
        file.toString(),
        () -> {
          writing.write(file, content.duplicate());
          return null;
        });
  }

  /**
   * Begins a file that comes piece by piece, and is as good as one that was {@link #write written}
   * once it is finished.
   *
   * @return to be closed
   * @throws io.holdfast.vault.backend.BackendException {@code ALREADY_EXISTS}
   */
  public Incoming receive(FileId file) throws IOException {
    return perform("write", file.toString(), () -> writing.receive(file));
  }

  @Override
  public void read(FileId file, long offset, ByteBuffer target) throws IOException {
    if (offset < 0) {
      throw new IllegalArgumentException("negative offset: " + offset);
    }
    this.<@Nullable Void>perform(
        "read",
        file.toString(),
        () -> {
          fill(file, offset, target.duplicate());
          return null;
        });
    target.position(target.limit());
  }

  private void fill(FileId file, long offset, ByteBuffer target) throws IOException {
    try (var in = files.open(layout.file(file))) {
      long size = in.stat().size();
      if (size - offset < target.remaining()) {
        throw tooShort(file, size, offset);
      }
      for (long at = offset; target.hasRemaining(); ) {
        int count = in.read(target, at);
        if (count < 0) {
          throw tooShort(file, at, offset);
        }
        at += count;
      }
    }
  }

  private static BackendException tooShort(FileId file, long size, long offset) {
    return new BackendException(
        "read",
        file.toString(),
        Reason.TOO_SHORT,
        "it has " + size + " bytes, and the part begins at " + offset);
  }

  @Override
  public long size(FileId file) throws IOException {
    return perform(
        "size",
        file.toString(),
        () -> {
          var stat = files.find(layout.file(file));
          if (stat.isEmpty()) {
            throw new BackendException("size", file.toString(), Reason.NOT_FOUND, "");
          }
          if (!stat.get().isRegular()) {
            throw new BackendException(
                "size", file.toString(), Reason.OTHER, "it is not a regular file");
          }
          return stat.get().size();
        });
  }

  @Override
  public List<Listed> list(FileType type) throws IOException {
    var listed = new ArrayList<Listed>();
    each(type, listed::add);
    return listed;
  }

  /** Is told of the files of a vault, one after the other. */
  @FunctionalInterface
  public interface Visitor {
    void visit(Listed file) throws IOException;
  }

  /**
   * The files of a sort as {@link #list} tells them, without holding more of them in memory than
   * one directory has.
   *
   * @param type not {@link FileType#CONFIG}
   */
  public void each(FileType type, Visitor visitor) throws IOException {
    if (type == FileType.CONFIG) {
      throw new IllegalArgumentException("there is one config, and no list of it");
    }
    this.<@Nullable Void>perform(
        "list",
        type.word(),
        () -> {
          for (Directories.Holder holder : directories.holders(type)) {
            each(holder, visitor);
          }
          return null;
        });
  }

  private void each(Directories.Holder holder, Visitor visitor) throws IOException {
    for (byte[] name : files.list(holder.path())) {
      var id = Layout.id(holder.prefix(), name);
      if (id.isPresent()) {
        var stat = files.find(holder.path().resolve(name)).filter(found -> found.isRegular());
        if (stat.isPresent()) {
          visitor.visit(new Listed(id.get(), stat.get().size()));
        }
      }
    }
  }

  @Override
  public void delete(FileId file) throws IOException {
    this.<@Nullable Void>perform(
        "delete",
        file.toString(),
        () -> {
          writing.delete(file);
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      temporaries.end();
    } catch (FileLayerException e) {
      throw Failures.of("close", location(), e);
    }
  }

  private <T extends @Nullable Object> T perform(String operation, String subject, Work<T> work)
      throws IOException {
    if (closed) {
      throw new IllegalStateException("the backend at " + location() + " is closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException(operation + " " + subject + ": interrupted");
    }
    try {
      return work.run();
    } catch (FileLayerException e) {
      throw Failures.of(operation, subject, e);
    }
  }
}
