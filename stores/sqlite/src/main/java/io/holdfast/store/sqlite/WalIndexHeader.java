package io.holdfast.store.sqlite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The head of a {@code -shm} file: which frames of the write-ahead log are committed. The grammar
 * is section 2 of SQLite's "WAL-mode File Format"; all numbers are in the byte order of the
 * machine.
 *
 * <pre>
 *    0  4  format, 3007000            16  4  committed frames
 *    4  4  unused                     20  4  pages of the database then
 *    8  4  counts transactions        24  8  checksum of the last frame
 *   12  1  1 once initialised         32  8  salts, as they stand in the log
 *   13  1  byte order of the log      40  8  checksum of bytes 0 to 39
 *   14  2  page size, 1 for 65536     48     all of it once more
 *                                     96  4  frames that a checkpoint has moved
 * </pre>
 *
 * @param frames how many frames are committed, from the first on
 * @param moved how many of them stand in the database file, too
 * @param pages how many pages the database then has; 0 if unknown
 * @param pageSize bytes
 * @param salts 8 bytes that every valid frame carries
 */
record WalIndexHeader(long frames, long moved, long pages, int pageSize, long salts) {
  /** How many bytes {@link #parse} wants. */
  static final int LENGTH = 100;

  private static final int COPY = 48;
  private static final int FORMAT = 3_007_000;

  /**
   * Reads the head.
   *
   * @return empty while somebody is writing it, or if it is none
   */
  static Optional<WalIndexHeader> parse(byte[] bytes) {
    if (bytes.length < LENGTH
        || !Arrays.equals(bytes, 0, COPY, bytes, COPY, 2 * COPY)
        || bytes[12] != 1) {
      return Optional.empty();
    }
    var head = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    if (head.getInt(0) != FORMAT || checksum(head) != head.getLong(40)) {
      return Optional.empty();
    }
    int size = Short.toUnsignedInt(head.getShort(14));
    return Optional.of(
        new WalIndexHeader(
            Integer.toUnsignedLong(head.getInt(16)),
            Integer.toUnsignedLong(head.getInt(96)),
            Integer.toUnsignedLong(head.getInt(20)),
            size == 1 ? 65_536 : size,
            ByteBuffer.wrap(bytes, 32, 8).getLong()));
  }

  /** Whether the database file alone is the state after the last committed frame. */
  boolean isWhollyMoved() {
    return moved == frames;
  }

  private static long checksum(ByteBuffer head) {
    int first = 0;
    int second = 0;
    for (int at = 0; at < 40; at += 8) {
      first += head.getInt(at) + second;
      second += head.getInt(at + 4) + first;
    }
    var both = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
    both.putInt(first).putInt(second);
    return both.getLong(0);
  }
}
