package io.holdfast.vault.backend.local;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A vault in a directory of a test. */
record LocalFixture(Path root) {
  static final FileLayer FILES = PosixFileLayer.create();

  LocalBackend open() {
    return open(FILES);
  }

  LocalBackend open(FileLayer files) {
    return new LocalBackend(files, FilePath.of(root), new SecureRandom());
  }

  static byte[] bytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static FileId id(FileType type, byte[] content) {
    return type == FileType.CONFIG ? FileId.CONFIG : FileId.of(type, ContentId.of(content));
  }

  static FileId write(LocalBackend backend, FileType type, byte[] content) throws IOException {
    FileId file = id(type, content);
    backend.write(file, ByteBuffer.wrap(content));
    return file;
  }

  Path path(FileId file) {
    return Path.of(new Layout(FilePath.of(root)).file(file).toString());
  }

  /** The names of everything that is no directory, as paths below the root. */
  List<String> everything() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return List.copyOf(
          new TreeSet<>(
              all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                  .map(path -> root.relativize(path).toString())
                  .toList()));
    }
  }
}
