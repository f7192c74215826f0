package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the head of a {@code -shm} that this process's SQLite uses.
 *
 * <p>Where SQLite may not write the {@code -shm} and nobody else keeps it, it distrusts the file,
 * which may be what a crash left, and works with an index of its own in memory. The file then says
 * nothing. So it is read only if this process has it open for writing, which is when SQLite either
 * shares it with others or has made it anew.
 */
final class SharedIndex {
  private static final int ATTEMPTS = 20;
  private static final FilePath DESCRIPTORS = FilePath.of("/proc/self/fd");
  private static final FilePath DESCRIPTIONS = FilePath.of("/proc/self/fdinfo");
  private static final Pattern FLAGS = Pattern.compile("(?s).*\\bflags:\\s*([0-7]+).*");
  private static final int READ_AND_WRITE = 2;

  private SharedIndex() {}

  /** The head as it is now; empty if it cannot be had or not be trusted. */
  static Optional<WalIndexHeader> read(FileLayer files, FilePath shm, Cancellation cancellation)
      throws IOException {
    if (!OutsideReader.isPossible(files, shm) || !isOpenForWriting(files, shm)) {
      return Optional.empty();
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var bytes = new byte[WalIndexHeader.LENGTH];
      try (OutsideReader reader = OutsideReader.open(files, shm, cancellation)) {
        int read = reader.read(bytes, bytes.length);
        Optional<WalIndexHeader> head = WalIndexHeader.parse(Arrays.copyOf(bytes, read));
        if (head.isPresent()) {
          return head;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOpenForWriting(FileLayer files, FilePath shm) {
    try {
      Optional<FileStat> wanted = files.find(shm);
      if (wanted.isEmpty()) {
        return false;
      }
      for (byte[] number : files.list(DESCRIPTORS)) {
        if (isSame(files, DESCRIPTORS.resolve(number), wanted.get())
            && isForWriting(files, DESCRIPTIONS.resolve(number))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // Without /proc there is no telling.
      return false;
    }
  }

  private static boolean isSame(FileLayer files, FilePath descriptor, FileStat wanted) {
    try {
      return files.follow(descriptor).isSameFile(wanted);
    } catch (IOException e) {
      // Closed meanwhile, or something without a name.
      return false;
    }
  }

  private static boolean isForWriting(FileLayer files, FilePath description) throws IOException {
    try (ReadableFile file = files.open(description)) {
      var text = ByteBuffer.allocate(4096);
      file.read(text, 0);
      Matcher flags = FLAGS.matcher(StandardCharsets.US_ASCII.decode(text.flip()));
      return flags.matches() && (Long.parseLong(flags.group(1), 8) & 3) == READ_AND_WRITE;
    }
  }
}
