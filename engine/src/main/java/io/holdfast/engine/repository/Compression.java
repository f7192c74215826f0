package io.holdfast.engine.repository;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a backup of a {@code directory} repository is stored. */
public enum Compression {
  /** Plain files, usable with {@code cp}. */
  NONE,
  /** A {@code .tar.gz}. */
  GZIP,
  /** A {@code .tar.zst}. */
  ZSTD;

  /** The words for all of them. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Compression::word).toList();
  }

  /** The one that a word stands for, if it does for one. */
  public static Optional<Compression> ofWord(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
