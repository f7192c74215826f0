package io.holdfast.testkit.repository;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The content of a file that nobody changes, with its holes. */
record FileContent(FileLayer files, FilePath path) implements Content {
  @Override
  public Optional<FileStat> file() {
    try {
      return files.find(path);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public boolean isDetached() {
    return true;
  }

  @Override
  public Reader open() throws IOException {
    ReadableFile file = files.open(path);
    long size = file.stat().size();
    var extents = new ArrayList<Extent>();
    for (long at = file.nextData(0); at >= 0 && at < size; ) {
      long end = file.nextHole(at);
      extents.add(new Extent(at, end - at));
      at = end < size ? file.nextData(end) : -1;
    }
    return new Reader() {
      private long position;

      @Override
      public long size() {
        return size;
      }

      @Override
      public List<Extent> extents() {
        return extents;
      }

      @Override
      public int read(ByteBuffer target) throws IOException {
        int count = position == size ? -1 : file.read(target, position);
        position += Math.max(count, 0);
        return count;
      }

      @Override
      public void skipHole(long bytes) {
        position += bytes;
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }
}
