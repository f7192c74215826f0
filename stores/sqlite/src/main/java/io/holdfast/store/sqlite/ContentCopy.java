package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads an artifact to its end, which verifies it, and writes it to a file or to nowhere. */
final class ContentCopy {
  private static final int RUN = 1 << 20;

  private ContentCopy() {}

  /** Writes a new file, readable by its owner alone; not yet durable. */
  static void unpack(FileLayer files, Content content, FilePath to, Cancellation cancellation)
      throws IOException {
    try (WritableFile file = files.create(to, 0600)) {
      read(content, cancellation, file::write);
    }
  }

  /** Reads every byte, so that a damaged artifact is found out. */
  static void verify(Content content, Cancellation cancellation) throws IOException {
    read(content, cancellation, (run, position) -> {});
  }

  private static void read(Content content, Cancellation cancellation, Target target)
      throws IOException {
    ByteBuffer run = ByteBuffer.allocateDirect(RUN);
    long position = 0;
    try (Content.Reader reader = content.open()) {
      while (true) {
        cancellation.check();
        run.clear();
        int read = reader.read(run);
        if (read < 0) {
          return;
        }
        run.flip();
        target.write(run, position);
        position += read;
      }
    }
  }

  private interface Target {
    void write(ByteBuffer run, long position) throws IOException;
  }
}
