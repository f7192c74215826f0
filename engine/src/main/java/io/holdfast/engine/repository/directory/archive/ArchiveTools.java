package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Buffers;
import io.holdfast.engine.repository.transfer.ContentPump;
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What all writers of one archive share.
 *
 * @param created mtime of the backup's own files, seconds since 1970
 */
record ArchiveTools(
    FileLayer files, StorageErrors errors, FramePipeline pipeline, Buffers buffers, long created) {

  /**
   * Writes an entry with the data of a content that is open.
   *
   * @param dataLength how many bytes of data that is
   * @return the SHA-256 of the content
   */
  String store(
      StreamWriter out,
      byte[] header,
      long dataLength,
      Content.Reader reader,
      List<Extent> data,
      Meter meter)
      throws IOException {
    ByteBuffer buffer = buffers.take();
    try {
      out.begin(header, dataLength);
      String sha256 = ContentPump.pump(reader, data, buffer, meter, out.data());
      out.end();
      return sha256;
    } finally {
      out.abort();
      buffers.give(buffer);
    }
  }

  /** Writes a file of the backup as the only one of its stream. */
  Stored storeFile(String path, Content content, Meter meter) throws IOException {
    try (Content.Reader reader = content.open();
        StreamWriter out = new StreamWriter(pipeline, pipeline.stream(path))) {
      long size = reader.size();
      pipeline.size(out.stream(), size);
      List<Extent> whole = size == 0 ? List.of() : List.of(new Extent(0, size));
      byte[] header = TarHeader.file(path, size, created);
      return new Stored(size, store(out, header, size, reader, whole, meter));
    }
  }

  /** What was stored. */
  record Stored(long size, String sha256) {}
}
