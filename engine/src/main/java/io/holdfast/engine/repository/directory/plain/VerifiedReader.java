package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.repository.layout.StorageErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Hands out a stored file. The last byte is not handed out before the digest of all was compared.
 */
final class VerifiedReader implements Content.Reader {
  private final StoredFile stored;
  private final long size;
  private final String sha256;
  private final ReadableFile file;
  private final StorageErrors errors;
  private boolean verified;

  VerifiedReader(
      StoredFile stored, long size, String sha256, ReadableFile file, StorageErrors errors) {
    this.stored = stored;
    this.size = size;
    this.sha256 = sha256;
    this.file = file;
    this.errors = errors;
    verifyAtEnd();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public List<Extent> extents() {
    return stored.data();
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (stored.position() == size) {
      return -1;
    }
    try {
      int count = stored.read(target);
      verifyAtEnd();
      return count;
    } catch (FileLayerException failure) {
      throw errors.damage(failure, failure.path().toString());
    }
  }

  @Override
  public void skipHole(long bytes) {
    if (bytes < 0 || bytes > size - stored.position()) {
      throw new IllegalArgumentException("a hole of " + bytes + " bytes passes the end");
    }
    stored.skip(bytes);
    verifyAtEnd();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void verifyAtEnd() {
    if (!verified && stored.position() == size) {
      verified = true;
      stored.requireDigest(sha256);
    }
  }
}
