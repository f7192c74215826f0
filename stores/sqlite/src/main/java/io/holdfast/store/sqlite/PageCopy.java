package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Copies the pages of a database file in big runs, each completed by what the log says. */
final class PageCopy {
  /** Puts newer pages into a run; see {@link WalFrames#overlay}. */
  interface Overlay {
    void apply(ByteBuffer pages, long first, int count, int missing) throws IOException;
  }

  /** A whole number of pages of any size. */
  private static final int RUN = 1 << 20;

  private final FileLayer files;
  private final OutsideReader source;
  private final int pageSize;
  private final long pages;
  private final Cancellation cancellation;

  PageCopy(
      FileLayer files, OutsideReader source, int pageSize, long pages, Cancellation cancellation) {
    this.files = files;
    this.source = source;
    this.pageSize = pageSize;
    this.pages = pages;
    this.cancellation = cancellation;
  }

  /** Writes the file, which must not exist; it is there, whole or in part, when this throws. */
  void to(FilePath destination, Overlay overlay) throws IOException {
    var bytes = new byte[RUN];
    ByteBuffer run = ByteBuffer.allocateDirect(RUN);
    try (WritableFile copy = files.create(destination, 0600)) {
      int perRun = RUN / pageSize;
      for (long page = 0; page < pages; page += perRun) {
        cancellation.check();
        int count = (int) Math.min(perRun, pages - page);
        int read = source.read(bytes, count * pageSize);
        run.clear().put(bytes, 0, read);
        while (run.position() < count * pageSize) {
          run.put((byte) 0);
        }
        overlay.apply(run, page + 1, count, read / pageSize);
        run.position(0).limit(count * pageSize);
        copy.write(run, page * pageSize);
      }
    }
  }
}
