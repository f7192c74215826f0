package io.holdfast.store.sqlite;

import io.holdfast.engine.file.FilePath;

/**
 * Paths as SQLite's URIs. The driver takes a plain name apart at {@code ?}, and SQLite a URI at
 * {@code ?}, {@code #} and {@code %}; so every byte that might mean something is escaped, which
 * also carries names that are no text.
 */
final class DatabaseUri {
  private static final String PLAIN = "-._~/";

  private DatabaseUri() {}

  /** The URI of a path, with parameters such as {@code mode=ro}; none if empty. */
  static String of(FilePath path, String parameters) {
    var uri = new StringBuilder("file:");
    for (byte b : path.toBytes()) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0;
      if (plain) {
        uri.append(c);
      } else {
        uri.append(String.format("%%%02X", (int) c));
      }
    }
    return parameters.isEmpty() ? uri.toString() : uri.append('?').append(parameters).toString();
  }
}
