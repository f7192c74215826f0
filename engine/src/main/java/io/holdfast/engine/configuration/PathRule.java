package io.holdfast.engine.configuration;

import io.holdfast.engine.file.FilePath;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How the text of a path becomes a path. {@code .} and {@code ..} are resolved by name, as if no
 * directory were a symbolic link, so that two spellings of one place are equal.
 *
 * @param base where relative paths begin; without one they are refused
 * @param home what {@code ~} stands for; without one it is refused
 */
record PathRule(Optional<FilePath> base, Optional<FilePath> home) {

  /** What is allowed, in words. */
  String inWords() {
    return base.isPresent()
        ? "an absolute path, one below ~/, or one relative to " + base.get()
        : "an absolute path";
  }

  /**
   * @throws IllegalArgumentException if the text is no path under this rule
   */
  FilePath resolve(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty path");
    }
    if (text.equals("~") || text.startsWith("~/")) {
      String rest = text.substring(1);
      FilePath root = home.orElseThrow(() -> new IllegalArgumentException("no home directory"));
      return normal(root.withSuffix(rest.isEmpty() ? "/" : rest));
    }
    if (text.startsWith("/")) {
      return normal(FilePath.of(text));
    }
    if (text.startsWith("~")) {
      throw new IllegalArgumentException("home directories of other users are not looked up");
    }
    return normal(
        base.orElseThrow(() -> new IllegalArgumentException("relative path")).resolve(text));
  }

  private static FilePath normal(FilePath path) {
    Deque<byte[]> names = new ArrayDeque<>();
    byte[] bytes = path.toBytes();
    int start = 1;
    for (int at = 1; at <= bytes.length; at++) {
      if (at == bytes.length || bytes[at] == '/') {
        byte[] name = java.util.Arrays.copyOfRange(bytes, Math.min(start, at), at);
        String text = new String(name, StandardCharsets.ISO_8859_1);
        if (text.equals("..")) {
          names.pollLast();
        } else if (!text.equals(".") && !text.isEmpty()) {
          names.addLast(name);
        }
        start = at + 1;
      }
    }
    var joined = new ByteArrayOutputStream(bytes.length);
    for (byte[] name : names) {
      joined.write('/');
      joined.writeBytes(name);
    }
    return FilePath.ofBytes(joined.size() == 0 ? new byte[] {'/'} : joined.toByteArray());
  }
}
