package io.holdfast.vault.backend.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of files that are being written, so that whoever comes later knows whether their writer
 * is still at work. A writer has a number that it drew, and holds the lock of a file in the root
 * that is named after it from before its first temporary file to its end; the kernel frees the lock
 * when the process dies. No clock is trusted, and no process number, which mean nothing on another
 * machine.
 *
 * <p>{@code .holdfast-writer-NUMBER} is the file of the lock, {@code .holdfast-new-NUMBER-COUNT} a
 * file that is being written, beside its place to be. Neither restic nor its server takes such
 * names for files of the vault.
 *
 * <p>Thread-safe.
 */
final class Temporaries {
  private static final String WRITER = ".holdfast-writer-";
  private static final String NEW = ".holdfast-new-";
  private static final Pattern NAME =
      Pattern.compile(
          "\\.holdfast-writer-(?<writer>[0-9a-f]{16})"
              + "|\\.holdfast-new-(?<maker>[0-9a-f]{16})-[0-9]+");

  private final FileLayer files;
  private final FilePath root;
  private final RandomGenerator random;
  private final AtomicLong count = new AtomicLong();
  private @Nullable Writer writer;
  private boolean ended;

  Temporaries(FileLayer files, FilePath root, RandomGenerator random) {
    this.files = files;
    this.root = root;
    this.random = random;
  }

  private record Writer(String number, FilePath mark, HeldLock lock) {}

  /** A path in a directory that nobody else uses. */
  FilePath in(FilePath directory) throws IOException {
    return directory.resolve(NEW + number() + "-" + count.incrementAndGet());
  }

  private synchronized String number() throws IOException {
    if (ended) {
      throw new IllegalStateException("the backend at " + root + " is closed");
    }
    while (writer == null) {
      String number = HexFormat.of().toHexDigits(random.nextLong());
      FilePath mark = mark(root, number);
      Optional<HeldLock> lock = files.tryLock(mark);
      if (lock.isPresent()) {
        writer = new Writer(number, mark, lock.get());
      }
    }
    return writer.number();
  }

  /** No file is being written any more. */
  synchronized void end() throws IOException {
    ended = true;
    Writer last = writer;
    writer = null;
    if (last != null) {
      try (var lock = last.lock()) {
        // While it is held, so that it is not the mark of somebody else.
        files.delete(last.mark());
      }
    }
  }

  /** The writer of what bears this name, a mark or a new file; empty for a name of another sort. */
  static Optional<String> writer(byte[] name) {
    var match = NAME.matcher(new String(name, ISO_8859_1));
    return match.matches()
        ? Optional.ofNullable(match.group("writer")).or(() -> Optional.of(match.group("maker")))
        : Optional.empty();
  }

  /** The file that a writer holds the lock of. */
  static FilePath mark(FilePath root, String writer) {
    return root.resolve(WRITER + writer);
  }
}
