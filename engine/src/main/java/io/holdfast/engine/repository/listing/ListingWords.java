package io.holdfast.engine.repository.listing;

import io.holdfast.engine.file.FileType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Words and keys of listings. */
final class ListingWords {
  static final String FORMAT = "holdfast-tree";
  static final long FORMAT_VERSION = 1;
  static final String BASE64 = "_base64";

  static final String FILE = "file";
  static final String DIRECTORY = "directory";
  static final String SYMLINK = "symlink";
  static final String HARD_LINK = "hard_link";

  private ListingWords() {}

  /** The word for a FIFO, socket or device. */
  static String special(FileType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  static Optional<FileType> special(String word) {
    return Arrays.stream(FileType.values())
        .filter(type ->
            switch (type) {
              case REGULAR, DIRECTORY, SYMLINK -> false;
              case FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> true;
            })
        .filter(type -> special(type).equals(word))
        .findFirst();
  }

  /** Bytes as text, if they are UTF-8 and come back the same. */
  static Optional<String> text(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)
        ? Optional.of(text)
        : Optional.empty();
  }
}
