package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The newest committed frame of each page in a write-ahead log, up to a given frame.
 *
 * <pre>
 *   log:    32 bytes: magic, format, page size, count, salts (at 16), checksum;  then frames
 *   frame:  24 bytes: page number, pages after commit or 0, salts (at 8), checksum;  then the page
 * </pre>
 *
 * <p>Numbers in it are big-endian. SQLite takes no locks on a log, so it may be opened and closed.
 */
final class WalFrames implements AutoCloseable {
  /** Beyond so many frames (16 GiB of 4 KiB pages) the list would take more memory than is good. */
  static final long MOST = 1 << 22;

  private static final int LOG_HEAD = 32;
  private static final int FRAME_HEAD = 24;

  private final ReadableFile log;
  private final WalIndexHeader head;

  /** Page number in the upper half, frame in the lower; ascending, each page once. */
  private final long[] newest;

  private final ByteBuffer small = ByteBuffer.allocateDirect(LOG_HEAD);

  private WalFrames(ReadableFile log, WalIndexHeader head, Cancellation cancellation)
      throws IOException {
    this.log = log;
    this.head = head;
    this.newest = index(cancellation);
  }

  /**
   * Lists the frames.
   *
   * @throws SnapshotLostException if the log does not belong to the head
   */
  static WalFrames open(
      FileLayer files, FilePath path, WalIndexHeader head, Cancellation cancellation)
      throws IOException, SnapshotLostException {
    if (head.frames() > MOST) {
      throw new SnapshotLostException("the write-ahead log is too long to be listed");
    }
    if (head.frames() > 0 && files.find(path).isEmpty()) {
      throw new SnapshotLostException("the write-ahead log is gone");
    }
    ReadableFile log = files.open(path);
    try {
      return new WalFrames(log, head, cancellation);
    } catch (IOException | RuntimeException e) {
      log.close();
      throw e;
    }
  }

  private long[] index(Cancellation cancellation) throws IOException {
    int frames = (int) head.frames();
    var all = new long[frames];
    for (int frame = 1; frame <= frames; frame++) {
      if ((frame & 0xfff) == 0) {
        cancellation.check();
      }
      read(small, FRAME_HEAD, position(frame));
      if (small.getLong(8) != head.salts()) {
        throw new SnapshotLostException(
            "frame " + frame + " of the write-ahead log is another one");
      }
      all[frame - 1] = ((long) small.getInt(0) << 32) | frame;
    }
    Arrays.sort(all);
    int kept = 0;
    for (int at = 0; at < frames; at++) {
      if (at + 1 == frames || all[at] >>> 32 != all[at + 1] >>> 32) {
        all[kept++] = all[at];
      }
    }
    return Arrays.copyOf(all, kept);
  }

  /**
   * Puts the pages of the log in their places in a copy of the database file.
   *
   * @param copy what is patched
   * @param present how many pages the database file had; all others must be in the log
   * @param pages how many pages the copy is to have
   */
  void patch(WritableFile copy, long present, long pages, Cancellation cancellation)
      throws IOException {
    ByteBuffer page = ByteBuffer.allocateDirect(head.pageSize());
    long found = 0;
    for (int at = 0; at < newest.length; at++) {
      long number = newest[at] >>> 32;
      if (number > pages) {
        // Written before the database became smaller; so are all that follow.
        break;
      }
      if ((at & 0xfff) == 0) {
        cancellation.check();
      }
      read(page, head.pageSize(), position((int) newest[at]) + FRAME_HEAD);
      copy.write(page.flip(), (number - 1) * head.pageSize());
      if (number > present) {
        found++;
      }
    }
    // The page of the lock byte, at 1 GiB, is in no log; all others that the file lacks are.
    long lockPage = (0x40000000L / head.pageSize()) + 1;
    boolean lacksLockPage = lockPage > present && lockPage <= pages;
    if (found + (lacksLockPage ? 1 : 0) < pages - present) {
      throw new SnapshotLostException("pages are neither in the database nor in its log");
    }
  }

  /** Makes sure that the log was not begun anew while it was read. */
  void confirm() throws IOException {
    read(small, LOG_HEAD, 0);
    if (small.getLong(16) != head.salts()) {
      throw new SnapshotLostException("the write-ahead log was begun anew");
    }
  }

  private long position(int frame) {
    return LOG_HEAD + (frame - 1L) * (FRAME_HEAD + head.pageSize());
  }

  private void read(ByteBuffer target, int length, long position) throws IOException {
    target.clear().limit(length);
    while (target.hasRemaining()) {
      if (log.read(target, position + target.position()) < 0) {
        throw new SnapshotLostException("the write-ahead log was cut");
      }
    }
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
