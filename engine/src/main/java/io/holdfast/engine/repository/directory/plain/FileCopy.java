package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.WritableFile;
import io.holdfast.engine.repository.transfer.Buffers;
import io.holdfast.engine.repository.transfer.ContentPump;
import io.holdfast.engine.repository.transfer.Extents;
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Copies contents into new files of a plain backup, hashing them on the way. Thread-safe. */
final class FileCopy {
  private final FileLayer files;

  private final Buffers buffers;
  private final MetadataCopy metadataCopy;

  FileCopy(FileLayer files, Buffers buffers, MetadataCopy metadataCopy) {
    this.files = files;
    this.buffers = buffers;
    this.metadataCopy = metadataCopy;
  }

  /**
   * What was copied.
   *
   * @param size bytes, holes included
   * @param sha256 of all of them
   * @param data where data lies, in normal form
   */
  record Copied(long size, String sha256, List<Extent> data) {
    boolean isSparse() {
      return !Extents.isDense(data, size);
    }
  }

  /** Copies a content into a file that must not exist. The content is opened before it is made. */
  Copied copy(Content content, FilePath target, Metadata metadata, Meter meter) throws IOException {
    meter.check();
    try (Content.Reader reader = content.open()) {
      List<Extent> data = Extents.normal(reader.extents(), reader.size());
      try (WritableFile file = files.create(target, MetadataCopy.initialFileMode(metadata))) {
        Copied copied = new Copied(reader.size(), pump(reader, data, file, meter), data);
        metadataCopy.complete(file, metadata);
        return copied;
      }
    }
  }

  /** Reads a file that is in the repository already. */
  Copied read(ReadableFile file, String subject, Meter meter) throws IOException {
    ByteBuffer buffer = buffers.take();
    try {
      long size = file.stat().size();
      List<Extent> data = StoredFile.dataOf(file, size);
      var reader = new StoredFile(file, size, data, subject, meter);
      return new Copied(size, reader.readAll(buffer), data);
    } finally {
      buffers.give(buffer);
    }
  }

  private String pump(Content.Reader reader, List<Extent> data, WritableFile file, Meter meter)
      throws IOException {
    ByteBuffer buffer = buffers.take();
    try {
      String sha256 = ContentPump.pump(reader, data, buffer, meter, file::write);
      long end = data.isEmpty() ? 0 : data.getLast().end();
      if (end < reader.size()) {
        file.setLength(reader.size());
      }
      return sha256;
    } finally {
      buffers.give(buffer);
    }
  }
}
