package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Which of two files a third comes from, judged by the pages in which the two differ. The first
 * page is left out: every commit changes it.
 *
 * @param forFirst differing pages that are as in the first
 * @param forSecond differing pages that are as in the second
 */
record PageVotes(long forFirst, long forSecond) {

  /** Compares three files that nobody writes and that SQLite does not have open in this process. */
  static PageVotes count(
      FileLayer files, FilePath asked, FilePath first, FilePath second, int pageSize)
      throws IOException {
    try (ReadableFile one = files.open(first);
        ReadableFile two = files.open(second);
        ReadableFile other = files.open(asked)) {
      long pages = Math.max(one.stat().size(), two.stat().size()) / pageSize;
      var a = ByteBuffer.allocateDirect(pageSize);
      var b = ByteBuffer.allocateDirect(pageSize);
      var c = ByteBuffer.allocateDirect(pageSize);
      long forFirst = 0;
      long forSecond = 0;
      for (long page = 1; page < pages; page++) {
        boolean differ = !read(one, a, page).equals(read(two, b, page));
        if (differ) {
          read(other, c, page);
          if (c.equals(a)) {
            forFirst++;
          } else if (c.equals(b)) {
            forSecond++;
          }
        }
      }
      return new PageVotes(forFirst, forSecond);
    }
  }

  /** A page; nothing where the file has ended. */
  private static ByteBuffer read(ReadableFile file, ByteBuffer page, long number)
      throws IOException {
    page.clear();
    long start = number * page.capacity();
    while (page.hasRemaining() && file.read(page, start + page.position()) > 0) {
      // Reads on until the page is full or the file ends.
    }
    return page.flip();
  }

  boolean isDecided() {
    return forFirst != forSecond;
  }
}
