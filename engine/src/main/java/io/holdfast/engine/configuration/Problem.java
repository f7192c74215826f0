package io.holdfast.engine.configuration;

import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;

/**
 * Something wrong in a configuration.
 *
 * @param file where it was written, for people
 * @param line from 1; 0 where there is no text
 * @param column in characters, from 1; 0 where there is no text
 * @param key the dotted name of the key; empty where none is concerned
 * @param found what stands there
 * @param allowed what may stand there
 */
public record Problem(String file, int line, int column, String key, String found, String allowed) {
  private static final int LONGEST_SHOWN = 60;

  /** A text that was found, in quotes; cut if it is long, and without control characters. */
  public static String quoted(String text) {
    int end =
        text.codePointCount(0, text.length()) <= LONGEST_SHOWN
            ? text.length()
            : text.offsetByCodePoints(0, LONGEST_SHOWN);
    String shown = FilePath.display(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
    return "'" + shown + (end < text.length() ? "…" : "") + "'";
  }

  /** {@code file:line:column: key: found …; allowed: …}, the form that editors jump to. */
  @Override
  public String toString() {
    var text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(": ");
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    return text.append("found ").append(found).append("; allowed: ").append(allowed).toString();
  }
}
