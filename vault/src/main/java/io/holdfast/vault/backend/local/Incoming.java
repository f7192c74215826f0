package io.holdfast.vault.backend.local;

import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.vault.backend.FileId;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of a vault that comes piece by piece, as from a client who is slow. Until it is {@link
 * #finish finished} nobody sees it, and when it is closed before, or its process dies, nothing of
 * it is left; see {@link LocalBackend#tidy} for the latter. Used by one thread at a time.
 */
public final class Incoming implements AutoCloseable {
  private final FileWriting writing;
  private final FileId file;
  private final FilePath fresh;
  private final WritableFile out;
  private long size;
  private boolean named;

  Incoming(FileWriting writing, FileId file, FilePath fresh, WritableFile out) {
    this.writing = writing;
    this.file = file;
    this.fresh = fresh;
    this.out = out;
  }

  /**
   * Adds a piece.
   *
   * @param piece its position ends at its limit
   * @throws io.holdfast.vault.backend.BackendException {@code FULL} above all
   */
  public void write(ByteBuffer piece) throws IOException {
    int count = piece.remaining();
    try {
      out.write(piece, size);
    } catch (FileLayerException e) {
      throw failure(e);
    }
    size += count;
  }

  /**
   * It is whole: gives it its name. The file is durable when this returns.
   *
   * @throws io.holdfast.vault.backend.BackendException as from {@link
   *     io.holdfast.vault.backend.Backend#write}: {@code ALREADY_EXISTS} if somebody else was
   *     quicker
   */
  public void finish() throws IOException {
    try {
      out.sync();
      out.close();
      writing.name(file, fresh);
      named = true;
      writing.settle(file);
    } catch (FileLayerException e) {
      throw failure(e);
    }
  }

  /** Removes what is not finished. */
  @Override
  public void close() throws IOException {
    if (named) {
      return;
    }
    try {
      try (out) {
        // What is in it is of no use, whatever its close comes to.
      } finally {
        writing.discard(fresh);
      }
    } catch (FileLayerException e) {
      throw failure(e);
    }
  }

  private IOException failure(FileLayerException cause) {
    return Failures.of("write", file.toString(), cause);
  }
}
