package io.holdfast.testkit.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** What the parts of the contract need, and what they share. */
interface FileLayerFixture {
  /** The layer under test. */
  FileLayer files();

  /** An empty directory of this test, owned by this process, mode 0755. */
  FilePath room();

  default FilePath at(String name) {
    return room().resolve(name);
  }

  default FilePath write(String name, String content) throws IOException {
    var path = at(name);
    try (var file = files().create(path, 0644)) {
      file.write(ByteBuffer.wrap(content.getBytes(UTF_8)), 0);
    }
    return path;
  }

  default FilePath directory(String name) throws IOException {
    files().createDirectory(at(name), 0755);
    return at(name);
  }

  default FilePath symlink(String name, String target) throws IOException {
    files().createSymlink(at(name), target.getBytes(UTF_8));
    return at(name);
  }

  default String content(FilePath path) throws IOException {
    return new String(FileTrees.readAll(files(), path, 1 << 20), UTF_8);
  }

  default Stream<String> names(FilePath directory) throws IOException {
    return files().list(directory).stream().map(FilePath::display);
  }

  default boolean exists(FilePath path) throws IOException {
    return files().find(path).isPresent();
  }

  default int mode(FilePath path) throws IOException {
    return files().find(path).orElseThrow().mode();
  }
}
