package io.holdfast.cli.command;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A new file for a secret, which only its owner can read from its first moment on. It is made
 * before the secret, so that there is a place for it; closed without one, it is gone.
 */
final class SecretFile implements AutoCloseable {
  private static final int OWNER_ONLY = 0600;

  private final FileLayer files;
  private final FilePath path;
  private final WritableFile file;
  private boolean written;

  private SecretFile(FileLayer files, FilePath path, WritableFile file) {
    this.files = files;
    this.path = path;
    this.file = file;
  }

  /**
   * Makes the file.
   *
   * @throws HoldfastException {@code USAGE} if there is one, or it cannot be made
   */
  static SecretFile create(FileLayer files, FilePath path) {
    try {
      return new SecretFile(files, path, files.create(path, OWNER_ONLY));
    } catch (FileLayerException e) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "the file for the secret cannot be made: " + e.getMessage(),
          "Name a file that does not exist, in a directory that does.",
          e);
    } catch (IOException e) {
      throw new HoldfastException(
          ErrorCode.IO, "the file for the secret cannot be made: " + e.getMessage(), "", e);
    }
  }

  /** Writes the secret and a line's end, and makes them last. */
  void write(String secret) throws IOException {
    file.write(ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    file.sync();
    file.close();
    written = true;
  }

  @Override
  public void close() throws IOException {
    file.close();
    if (!written) {
      files.delete(path);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
