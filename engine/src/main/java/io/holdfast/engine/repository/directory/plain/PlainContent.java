package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;
import java.util.List;

/**
 * The content of a file of a plain backup, verified while it is read. Detached; immutable.
 *
 * @param path whose directories have been checked to be none but directories
 * @param subject what it is, relative to the backup
 * @param size bytes that it must have
 * @param sha256 what they must hash to
 * @param data where data lies; all else is zeros
 */
record PlainContent(
    FileLayer files,
    StorageErrors errors,
    FilePath path,
    String subject,
    long size,
    String sha256,
    List<Extent> data,
    Meter meter)
    implements Content {

  @Override
  public boolean isDetached() {
    return true;
  }

  @Override
  public Reader open() throws IOException {
    try {
      ReadableFile file = files.open(path);
      try {
        requireSize(file);
        return new StoredFile(file, size, data, subject, meter).verified(sha256, errors);
      } catch (IOException | RuntimeException failure) {
        file.close();
        throw failure;
      }
    } catch (FileLayerException failure) {
      throw errors.damage(failure, subject);
    }
  }

  private void requireSize(ReadableFile file) throws IOException {
    long found = file.stat().size();
    if (found != size) {
      throw Damage.artifact(subject, "has " + found + " bytes instead of " + size, null);
    }
  }
}
