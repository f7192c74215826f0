package io.holdfast.vault.backend;

import io.holdfast.vault.ContentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Storage that keeps the files of one vault.
 *
 * <p>Contract, for every operation and every implementation:
 *
 * <ul>
 *   <li>Failure is a {@link BackendException}, whose reason tells whether to try again. What comes
 *       from a thread that was interrupted is an {@link java.io.InterruptedIOException}.
 *   <li>A file appears whole or not at all, and is durable when {@link #write} returns. A write that
 *       failed, or whose process died, leaves no file or the whole one.
 *   <li>A file that was written is found by {@link #read}, {@link #size} and {@link #list} from then
 *       on, by everybody; one that was deleted is not. Where a storage cannot promise that, it is
 *       none for a vault; {@code doctor repository} tries it.
 *   <li>Any number of threads may call at once.
 *   <li>Nobody here tries again by himself: that is the business of the decorator that does.
 *   <li>No secret (password, token, key) is in any text.
 * </ul>
 */
public interface Backend extends AutoCloseable {
  /** Where it is, for people: a path or an address, without credentials. */
  String location();

  /** Makes what has to be there before files can be written. Idempotent. */
  void create() throws IOException;

  /**
   * Stores a new file.
   *
   * @param content from position to limit; left as it was; not changed by anybody until this
   *     returns
   * @throws BackendException {@code ALREADY_EXISTS}, if there is a file of that name: the one that
   *     is there stays as it is. Of several who store one name at once, exactly one succeeds; this
   *     is asked of {@link FileId#CONFIG} above all. Where a storage can only promise it for one
   *     caller after another, its documentation says so
   */
  void write(FileId file, ByteBuffer content) throws IOException;

  /**
   * Reads a part of a file: all of it, or an error.
   *
   * @param offset 0 or more
   * @param target is filled from its position to its limit; on failure what is between them is
   *     undefined
   * @throws BackendException {@code NOT_FOUND}, {@code TOO_SHORT}
   */
  void read(FileId file, long offset, ByteBuffer target) throws IOException;

  /**
   * How many bytes a file has.
   *
   * @throws BackendException {@code NOT_FOUND}
   */
  long size(FileId file) throws IOException;

  /**
   * The files of a sort, in any order, each once. What is not named like one is passed over. A file
   * that is written or deleted meanwhile may or may not be there.
   *
   * @param type not {@link FileType#CONFIG}
   */
  List<Listed> list(FileType type) throws IOException;

  /** Removes a file. One that is not there is gone already. */
  void delete(FileId file) throws IOException;

  /** Frees connections and the like. */
  @Override
  void close() throws IOException;

  /**
   * A file in a list.
   *
   * @param size bytes
   */
  record Listed(ContentId id, long size) {}

  /** All of a file. */
  default byte[] readAll(FileId file) throws IOException {
    long size = size(file);
    if (size > Integer.MAX_VALUE - 8) {
      throw new BackendException(
          "read", file.toString(), BackendException.Reason.OTHER, "too large: " + size + " bytes");
    }
    byte[] bytes = new byte[(int) size];
    read(file, 0, ByteBuffer.wrap(bytes));
    return bytes;
  }
}
