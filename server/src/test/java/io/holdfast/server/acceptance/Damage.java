package io.holdfast.server.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Damages what is stored. */
final class Damage {
  private Damage() {}

  /** Alters one byte of a file whose content is a text, of which there has to be one. */
  static void oneByte(Path directory, String content) throws IOException {
    List<Path> found;
    try (Stream<Path> all = Files.walk(directory)) {
      found = all.filter(Files::isRegularFile).filter(file -> holds(file, content)).toList();
    }
    if (found.size() != 1) {
      throw new AssertionError("files with that content: " + found);
    }
    byte[] bytes = Files.readAllBytes(found.getFirst());
    bytes[0] ^= 1;
    Files.write(found.getFirst(), bytes);
  }

  private static boolean holds(Path file, String content) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).equals(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
