package io.holdfast.vault.backend;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Storage that keeps the files of one vault.
 *
 * <p>Contract, for every operation and every implementation:
 *
 * <ul>
 *   <li>Failure is a {@link BackendException}, whose reason tells whether to try again.
 *   <li>A thread that is interrupted, before a call or in it, gets an {@link
 *       java.io.InterruptedIOException} as soon as the storage can be left, and stays interrupted.
 *       A call that is at its end by then may also succeed.
 *   <li>A file appears whole or not at all, and is durable when {@link #write} returns. A write
 *       that failed, or whose process died, leaves no file or the whole one.
 *   <li>A file that was written is found by {@link #read}, {@link #size} and {@link #list} from
 *       then on, by everybody; one that was deleted is not. Where a storage cannot promise that, it
 *       is none for a vault; {@code doctor repository} tries it.
 *   <li>After an end, good or bad, nothing touches the caller's buffers any more.
 *   <li>Any number of threads may call at once.
 *   <li>Nobody here tries again by himself: that is the business of the decorator that does.
 *   <li>No secret (password, token, key) is in any text.
 *   <li>Where there is no vault at all, a storage that can tell fails with {@code NOT_FOUND}; to
 *       the others it is a vault without files.
 *   <li>A call after {@link #close} is an {@link IllegalStateException}.
 * </ul>
 */
public interface Backend extends AutoCloseable {
  /** Where it is, for people: a path or an address, without credentials. */
  String location();

  /**
   * Whether a request takes so long that it is better to ask for more at a time than is needed. A
   * directory of this machine says no.
   */
  default boolean isRemote() {
    return true;
  }

  /**
   * Makes what has to be there before files can be written, durably. Idempotent: what is there
   * stays, files above all.
   */
  void create() throws IOException;

  /**
   * Stores a new file.
   *
   * @param file whose name, if it has one, is the SHA-256 of the content; a storage may check that
   *     and refuse what differs
   * @param content from position to limit, which stay as they were; any number of bytes, none
   *     included; not changed by anybody until this returns
   * @throws BackendException {@code ALREADY_EXISTS}, if there is a file of that name: the one that
   *     is there stays as it is, and is durable when this is thrown. Of several who store one name
   *     at once, exactly one succeeds; this is asked of {@link FileId#CONFIG} above all. Where a
   *     storage can only promise it for one caller after another, or for the config alone, its
   *     documentation says so: all others are named after their content, and whoever replaces one
   *     puts the same in its place
   */
  void write(FileId file, ByteBuffer content) throws IOException;

  /**
   * Reads a part of a file: all of it, or an error.
   *
   * @param offset 0 or more
   * @param target is filled from its position to its limit, where the position ends; nothing is
   *     read into one that has no room, but the file has to be there and to reach to the offset. On
   *     failure the position is as it was, and what lies between is undefined
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
   * that is written or deleted meanwhile may or may not be there; all others are, or this fails.
   *
   * @param type not {@link FileType#CONFIG}
   */
  List<Listed> list(FileType type) throws IOException;

  /**
   * Removes a file, durably: a file that was deleted later is not gone while this one is back. One
   * that is not there is gone already.
   */
  void delete(FileId file) throws IOException;

  /**
   * The same storage, for work that can be cancelled. A decorator that waits, to try again, ends
   * that when it is; all others are as they were.
   *
   * @return not to be closed; this is
   */
  default Backend under(Cancellation cancellation) {
    return this;
  }

  /**
   * The same storage, for what has to be done even if the work was cancelled, such as the removal
   * of a lock. A decorator that tries again does so until then, and not any more afterwards: what
   * is asked for is still done, once. All others are as they were.
   *
   * @return not to be closed; this is
   */
  default Backend insistingUntil(Cancellation cancellation) {
    return this;
  }

  /**
   * What time it is there.
   *
   * @return empty if the storage does not tell
   */
  default Optional<Instant> time() throws IOException {
    return Optional.empty();
  }

  /**
   * Frees connections and the like. What other threads have under way ends soon, well or badly.
   * Closing again does nothing.
   */
  @Override
  void close() throws IOException;

  /**
   * A file in a list.
   *
   * @param size bytes
   */
  record Listed(ContentId id, long size) {}

  /**
   * All of a file. An implementation that can have it in one step does.
   *
   * @throws BackendException {@code NOT_FOUND}; {@code OTHER} if it is larger than {@link
   *     FileType#mostBytes}
   */
  default byte[] readAll(FileId file) throws IOException {
    long size = size(file);
    if (size > file.type().mostBytes()) {
      throw new BackendException(
          "read", file.toString(), BackendException.Reason.OTHER, "too large: " + size + " bytes");
    }
    byte[] bytes = new byte[(int) size];
    read(file, 0, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** Whether there is such a file. */
  default boolean exists(FileId file) throws IOException {
    try {
      size(file);
      return true;
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
