package io.holdfast.vault.chunk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Says whether a content is the file of a database, which is to be cut into chunks of whole pages.
 *
 * <p>A database rewrites pages in place. One changed row in a hundred touches every MiB of it, so
 * content-defined chunks are all new each time, and chunks of a few pages are not: measured, they
 * took a seventh of the room for each later backup, and 6 % more for the first (decision record
 * {@code database-pages-are-chunks}). Known by what it begins with, since backups of directories
 * hold databases under any name.
 *
 * <p>The same file has to be cut in the same way each time: what is decided depends on nothing but
 * its first bytes and its size.
 */
public final class DatabasePages {
  /** As many of a content's first bytes tell. */
  public static final int HEADER = 18;

  /** Bytes of a chunk, unless a page or the number of chunks asks for more. */
  static final int LEAST_CHUNK = 16 << 10;

  /** From here on chunks of pages took as much room as those that the content defines. */
  static final int LARGEST_CHUNK = 128 << 10;

  /** Each is named in the tree of each backup, by 64 digits that are held in memory. */
  static final int MOST_CHUNKS = 1 << 17;

  /** What SQLite's files begin with: https://www.sqlite.org/fileformat.html, 1.3.1. */
  private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private DatabasePages() {}

  /**
   * How large the chunks of a content are to be.
   *
   * @param content what it begins with
   * @param length how many bytes of that are its own; fewer than {@link #HEADER} tell of nothing
   * @param size bytes of all of it
   * @return a multiple of the database's page size, a power of two from 16 to 128 KiB; empty if it
   *     is no database, or too large a one for chunks of so few pages
   */
  public static OptionalInt chunkSize(byte[] content, int length, long size) {
    if (length < HEADER || !Arrays.equals(content, 0, SQLITE.length, SQLITE, 0, SQLITE.length)) {
      return OptionalInt.empty();
    }
    int field = (content[16] & 0xff) << 8 | (content[17] & 0xff);
    // The largest page does not fit into the field, which then says 1.
    int page = field == 1 ? 1 << 16 : field;
    if (page < 512 || Integer.bitCount(page) != 1) {
      return OptionalInt.empty();
    }
    int chunk = Math.max(page, LEAST_CHUNK);
    while (size / chunk >= MOST_CHUNKS) {
      if (chunk == LARGEST_CHUNK) {
        return OptionalInt.empty();
      }
      chunk *= 2;
    }
    return OptionalInt.of(chunk);
  }
}
