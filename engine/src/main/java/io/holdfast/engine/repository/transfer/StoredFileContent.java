package io.holdfast.engine.repository.transfer;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A file that lies in the repository already, such as one that was adopted: read as it is, holes as
 * zeros.
 */
public record StoredFileContent(FileLayer files, FilePath path) implements Content {
  @Override
  public boolean isDetached() {
    return true;
  }

  @Override
  public Reader open() throws IOException {
    ReadableFile file = files.open(path);
    try {
      return new StoredReader(file, file.stat().size());
    } catch (IOException | RuntimeException failure) {
      file.close();
      throw failure;
    }
  }

  private static final class StoredReader implements Reader {
    private final ReadableFile file;
    private final long size;
    private long at;

    StoredReader(ReadableFile file, long size) {
      this.file = file;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public List<Extent> extents() {
      return size == 0 ? List.of() : List.of(new Extent(0, size));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (at == size) {
        return -1;
      }
      int count = file.read(target, at);
      at += Math.max(count, 0);
      return count;
    }

    @Override
    public void skipHole(long bytes) {
      at += bytes;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
