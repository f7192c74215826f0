package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A content of which every block is counted, and may be the last. */
record MeteredContent(Content content, Meter meter) implements Content {
  @Override
  public boolean isDetached() {
    return content.isDetached();
  }

  @Override
  public Reader open() throws IOException {
    return metered(content.open());
  }

  @Override
  public Reader open(ReadableFile similar) throws IOException {
    return metered(content.open(similar));
  }

  private Reader metered(Reader reader) {
    return new Reader() {
      @Override
      public long size() {
        return reader.size();
      }

      @Override
      public List<Extent> extents() {
        return reader.extents();
      }

      @Override
      public int read(ByteBuffer target) throws IOException {
        meter.check();
        int count = reader.read(target);
        meter.passed(count);
        return count;
      }

      @Override
      public void skipHole(long bytes) throws IOException {
        meter.check();
        reader.skipHole(bytes);
        meter.passed(bytes);
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }
}
