package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Cancellation;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads a file through another process, {@code cat}.
 *
 * <p>A process that closes any descriptor of a file loses all POSIX locks that it holds on it, also
 * those that SQLite took through other descriptors. Holdfast may run inside the very application
 * that has the database open, so it must not open a live database or {@code -shm} itself. Another
 * process has locks of its own.
 */
final class OutsideReader implements AutoCloseable {
  private static final List<FilePath> CATS =
      List.of(FilePath.of("/bin/cat"), FilePath.of("/usr/bin/cat"));
  private static final int MESSAGE_LENGTH = 500;

  private final FilePath path;
  private final Process process;
  private final InputStream bytes;
  private final Cancellation cancellation;
  private final AutoCloseable killer;

  private OutsideReader(FilePath path, Process process, Cancellation cancellation) {
    this.path = path;
    this.process = process;
    this.bytes = process.getInputStream();
    this.cancellation = cancellation;
    this.killer = cancellation.onCancel(process::destroyForcibly);
  }

  /** Whether a file can be read so: there is a {@code cat}, and its path can be handed over. */
  static boolean isPossible(FileLayer files, FilePath path) throws IOException {
    return path.isText()
        && jnuEncoding().newEncoder().canEncode(text(path))
        && cat(files).isPresent();
  }

  /** Opens a file, which must be possible. A file that is not there shows on reading. */
  static OutsideReader open(FileLayer files, FilePath path, Cancellation cancellation)
      throws IOException {
    var builder = new ProcessBuilder(cat(files).orElseThrow().toString(), "--", text(path));
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return new OutsideReader(path, builder.start(), cancellation);
  }

  private static Optional<FilePath> cat(FileLayer files) throws IOException {
    for (FilePath cat : CATS) {
      if (files.find(cat).isPresent()) {
        return Optional.of(cat);
      }
    }
    return Optional.empty();
  }

  private static String text(FilePath path) {
    return new String(path.toBytes(), StandardCharsets.UTF_8);
  }

  /** What the JDK encodes the arguments of a process with. */
  private static Charset jnuEncoding() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }

  /**
   * Reads until as many bytes are there or the file ends.
   *
   * @return how many were read; fewer only at the end
   * @throws IOException if the file could not be read to its end
   */
  int read(byte[] target, int length) throws IOException {
    int read = bytes.readNBytes(target, 0, length);
    cancellation.check();
    if (read < length) {
      String message =
          new String(process.getErrorStream().readNBytes(MESSAGE_LENGTH), StandardCharsets.UTF_8)
              .strip();
      if (exitCode() != 0) {
        throw new IOException("reading " + path + " failed: " + message);
      }
    }
    return read;
  }

  private int exitCode() throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted while reading " + path);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      killer.close();
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
      bytes.close();
      try {
        // So that nothing of it is left when the caller goes on.
        process.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
