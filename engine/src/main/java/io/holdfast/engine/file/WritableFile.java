package io.holdfast.engine.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A regular file that this process created and writes. Not thread-safe. Nothing is durable before
 * {@link #sync}. A file in use after its close is an {@link IllegalStateException}.
 */
public interface WritableFile extends AutoCloseable {
  /**
   * Writes all that remains in a buffer at a position. On failure any part of it may have been
   * written.
   *
   * @param source best a direct buffer; its position ends at its limit
   * @param position offset in the file; writing past the end leaves a hole
   */
  void write(ByteBuffer source, long position) throws IOException;

  /** Sets the size: cuts the file, or extends it by a hole. */
  void setLength(long size) throws IOException;

  /** The permission bits, 0 to 07777. */
  void setMode(int mode) throws IOException;

  /** See {@link FileLayer#setOwner}; set owners first and modes after. */
  void setOwner(long uid, long gid) throws IOException;

  /** Time of last modification; the time of last access becomes the same. */
  void setModified(FileTime time) throws IOException;

  /** Sets an extended attribute, new or not. */
  void setAttribute(byte[] name, byte[] value) throws IOException;

  /**
   * Content and metadata are on stable storage when this returns. The name is not: its directory
   * has to be synced too.
   */
  void sync() throws IOException;

  /**
   * Closes the file. Some file systems (NFS, quotas) tell only now that they could not store what
   * was written, so a failure means that the content is in doubt; the file is closed all the same.
   * Closing again does nothing.
   */
  @Override
  void close() throws IOException;
}
