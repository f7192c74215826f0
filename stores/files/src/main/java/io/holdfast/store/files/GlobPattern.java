package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A pattern of {@code include} or {@code exclude}, matched against the bytes of a path, so that
 * names that are no text match too.
 *
 * <ul>
 *   <li>{@code *} any bytes but a slash, also none; {@code ?} one byte but a slash
 *   <li>two stars before a slash: any directories, also none; two stars at the end: everything
 *       inside
 *   <li>{@code [a-z]} one byte of a range, {@code [!a]} one that is not
 *   <li>{@code \c} the character {@code c} itself, {@code \xHH} the byte with this number
 * </ul>
 *
 * <p>Without a slash, other than one at the end, a pattern is matched against the last name of a
 * path, at any depth; with one, against the whole path from the root of the tree. A slash at the
 * end restricts it to directories. Immutable.
 */
final class GlobPattern {
  private static final byte ESCAPE = '\\';

  private final String text;
  private final byte[] pattern;
  private final boolean anchored;
  private final boolean directoriesOnly;

  private GlobPattern(String text, byte[] pattern, boolean anchored, boolean directoriesOnly) {
    this.text = text;
    this.pattern = pattern;
    this.anchored = anchored;
    this.directoriesOnly = directoriesOnly;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it could never match, with the reason in words
   */
  static GlobPattern parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int start = 0;
    int end = bytes.length;
    boolean directoriesOnly = end > 1 && bytes[end - 1] == '/';
    if (directoriesOnly) {
      end--;
    }
    boolean leadingSlash = end > 0 && bytes[0] == '/';
    if (leadingSlash) {
      start++;
    }
    byte[] pattern = Arrays.copyOfRange(bytes, start, Math.max(start, end));
    requireWellFormed(pattern);
    boolean anchored = leadingSlash || indexOfSlash(pattern) >= 0;
    return new GlobPattern(text, pattern, anchored, directoriesOnly);
  }

  private static void requireWellFormed(byte[] pattern) {
    if (pattern.length == 0) {
      throw new IllegalArgumentException("an empty pattern");
    }
    for (String part : new String(pattern, StandardCharsets.ISO_8859_1).split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw new IllegalArgumentException(
            "a pattern with an empty name, '.' or '..', which no path in a tree has");
      }
    }
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i] == ESCAPE) {
        if (i + 1 == pattern.length) {
          throw new IllegalArgumentException("a pattern that ends in a backslash");
        }
        i += escapeLength(pattern, i) - 1;
      } else if (pattern[i] == '[') {
        int close = classEnd(pattern, i);
        if (close < 0) {
          throw new IllegalArgumentException("a '[' without its ']'");
        }
        i = close;
      }
    }
  }

  private static int indexOfSlash(byte[] pattern) {
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i] == '/') {
        return i;
      }
    }
    return -1;
  }

  /** Whether the pattern names this path itself; what lies below it is the caller's matter. */
  boolean matches(TreePath path, boolean directory) {
    if (directoriesOnly && !directory) {
      return false;
    }
    byte[] bytes = path.toBytes();
    int from = 0;
    if (!anchored) {
      from = bytes.length;
      while (from > 0 && bytes[from - 1] != '/') {
        from--;
      }
    }
    return matches(0, bytes, from);
  }

  private boolean matches(int patternAt, byte[] path, int pathAt) {
    int p = patternAt;
    int s = pathAt;
    while (p < pattern.length) {
      if (pattern[p] == '*') {
        return isDoubleStar(p) ? matchesAnyDepth(p, path, s) : matchesStar(p, path, s);
      }
      if (s == path.length || !matchesOne(p, path[s])) {
        return false;
      }
      p += tokenLength(p);
      s++;
    }
    return s == path.length;
  }

  /** Two stars that make up a whole name; elsewhere they mean what one does. */
  private boolean isDoubleStar(int p) {
    boolean begins = p == 0 || pattern[p - 1] == '/';
    boolean second = p + 1 < pattern.length && pattern[p + 1] == '*';
    return begins && second && (p + 2 == pattern.length || pattern[p + 2] == '/');
  }

  private boolean matchesAnyDepth(int p, byte[] path, int s) {
    if (p + 2 == pattern.length) {
      return s < path.length;
    }
    for (int at = s; at <= path.length; at++) {
      if ((at == s || path[at - 1] == '/') && matches(p + 3, path, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesStar(int p, byte[] path, int s) {
    int next = p + 1;
    while (next < pattern.length && pattern[next] == '*') {
      next++;
    }
    for (int at = s; ; at++) {
      if (matches(next, path, at)) {
        return true;
      }
      if (at == path.length || path[at] == '/') {
        return false;
      }
    }
  }

  private boolean matchesOne(int p, byte b) {
    return switch (pattern[p]) {
      case '?' -> b != '/';
      case '[' -> b != '/' && matchesClass(p, b);
      case ESCAPE -> b == escaped(pattern, p);
      default -> b == pattern[p];
    };
  }

  private int tokenLength(int p) {
    return switch (pattern[p]) {
      case '[' -> classEnd(pattern, p) - p + 1;
      case ESCAPE -> escapeLength(pattern, p);
      default -> 1;
    };
  }

  private boolean matchesClass(int p, byte b) {
    int end = classEnd(pattern, p);
    int at = p + 1;
    boolean negated = isNegation(pattern[at]);
    if (negated) {
      at++;
    }
    boolean found = false;
    while (at < end) {
      int low = Byte.toUnsignedInt(literal(at));
      at += literalLength(at);
      int high = low;
      if (at + 1 < end && pattern[at] == '-') {
        high = Byte.toUnsignedInt(literal(at + 1));
        at += 1 + literalLength(at + 1);
      }
      int value = Byte.toUnsignedInt(b);
      found |= low <= value && value <= high;
    }
    return found != negated;
  }

  private byte literal(int p) {
    return pattern[p] == ESCAPE ? escaped(pattern, p) : pattern[p];
  }

  private int literalLength(int p) {
    return pattern[p] == ESCAPE ? escapeLength(pattern, p) : 1;
  }

  private static boolean isNegation(byte b) {
    return b == '!' || b == '^';
  }

  /** Where the class that begins here ends; its first byte may be the bracket itself. */
  private static int classEnd(byte[] pattern, int open) {
    int at = open + 1;
    if (at < pattern.length && isNegation(pattern[at])) {
      at++;
    }
    for (boolean first = true; at < pattern.length; first = false) {
      if (pattern[at] == ']' && !first) {
        return at;
      }
      at += pattern[at] == ESCAPE ? escapeLength(pattern, at) : 1;
    }
    return -1;
  }

  private static int escapeLength(byte[] pattern, int p) {
    return isHexEscape(pattern, p) ? 4 : 2;
  }

  private static byte escaped(byte[] pattern, int p) {
    return isHexEscape(pattern, p)
        ? (byte) (Character.digit(pattern[p + 2], 16) * 16 + Character.digit(pattern[p + 3], 16))
        : pattern[p + 1];
  }

  private static boolean isHexEscape(byte[] pattern, int p) {
    return p + 3 < pattern.length
        && pattern[p + 1] == 'x'
        && Character.digit(pattern[p + 2], 16) >= 0
        && Character.digit(pattern[p + 3], 16) >= 0;
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
