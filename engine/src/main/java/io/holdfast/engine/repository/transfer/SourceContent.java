package io.holdfast.engine.repository.transfer;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Content of the source, whose failures are told apart from those of the repository: each becomes a
 * {@link SourceFailure}. As thread-safe as what it wraps.
 */
public record SourceContent(Content content) implements Content {
  @Override
  public Reader open() throws SourceFailure {
    try {
      return new SourceReader(content.open());
    } catch (IOException failure) {
      throw new SourceFailure(failure, true);
    }
  }

  @Override
  public boolean isDetached() {
    return content.isDetached();
  }

  @Override
  public Optional<FileStat> file() {
    return content.file();
  }

  private record SourceReader(Reader reader) implements Reader {
    @Override
    public long size() {
      return reader.size();
    }

    @Override
    public List<Extent> extents() {
      return reader.extents();
    }

    @Override
    public int read(ByteBuffer target) throws SourceFailure {
      try {
        return reader.read(target);
      } catch (IOException failure) {
        throw new SourceFailure(failure, false);
      }
    }

    @Override
    public void skipHole(long bytes) throws SourceFailure {
      try {
        reader.skipHole(bytes);
      } catch (IOException failure) {
        throw new SourceFailure(failure, false);
      }
    }

    @Override
    public void close() throws SourceFailure {
      try {
        reader.close();
      } catch (IOException failure) {
        throw new SourceFailure(failure, false);
      }
    }
  }
}
