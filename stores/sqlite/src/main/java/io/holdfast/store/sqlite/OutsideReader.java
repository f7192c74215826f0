package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
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

  /** What {@code cat} says in the locale C. */
  private static final String FULL = "No space left on device";

  private static final String OVER_QUOTA = "quota exceeded";

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
    return new OutsideReader(path, command(files, path).start(), cancellation);
  }

  private static ProcessBuilder command(FileLayer files, FilePath path) throws IOException {
    var builder = new ProcessBuilder(cat(files).orElseThrow().toString(), "--", text(path));
    builder.environment().put("LC_ALL", "C");
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    return builder;
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
   * Lets the other process write the whole file into another, over what that held; the kernel moves
   * the bytes without them passing through this process.
   *
   * @param to a file of ours, whose path can be handed over
   * @throws io.holdfast.engine.file.FileLayerException {@code NO_SPACE} if the destination is full
   * @throws IOException if the file could not be read or written to its end
   */
  static void copy(FileLayer files, FilePath path, FilePath to, Cancellation cancellation)
      throws IOException {
    var builder = command(files, path);
    builder.redirectOutput(ProcessBuilder.Redirect.to(new File(text(to))));
    try (var reader = new OutsideReader(path, builder.start(), cancellation)) {
      reader.awaitCopy(to);
    }
  }

  private void awaitCopy(FilePath to) throws IOException {
    String message = message();
    int code = exitCode();
    cancellation.check();
    if (code != 0 && (message.contains(FULL) || message.contains(OVER_QUOTA))) {
      throw new FileLayerException("write", to, FileLayerException.Reason.NO_SPACE, "");
    }
    if (code != 0) {
      throw new IOException("copying " + path + " to " + to + " failed: " + message);
    }
  }

  private String message() throws IOException {
    return new String(process.getErrorStream().readNBytes(MESSAGE_LENGTH), StandardCharsets.UTF_8)
        .strip();
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
      String message = message();
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
