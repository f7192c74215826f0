package io.holdfast.engine.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An absolute path as the kernel knows it: bytes without NUL, of which only {@code /} has a
 * meaning.
 *
 * <p>Unix names need not be text. {@link java.nio.file.Path} cannot be built from bytes, and under
 * the C locale (cron, minimal containers) the JDK refuses names that are not ASCII; hence this
 * type. Immutable.
 */
public final class FilePath implements Comparable<FilePath> {
  private static final FilePath ROOT = new FilePath(new byte[] {'/'});

  private final byte[] bytes;

  private FilePath(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The path of these UTF-8 characters. Repeated and trailing slashes are dropped; {@code .} and
   * {@code ..} are not resolved.
   *
   * @throws IllegalArgumentException if the text is not absolute or holds NUL
   */
  public static FilePath of(String absolute) {
    return ofBytes(absolute.getBytes(StandardCharsets.UTF_8));
  }

  /** The absolute form of a path of the JDK. */
  public static FilePath of(java.nio.file.Path path) {
    return of(path.toAbsolutePath().normalize().toString());
  }

  /**
   * The path of these bytes, which are copied.
   *
   * @throws IllegalArgumentException if they do not begin with a slash or hold NUL
   */
  public static FilePath ofBytes(byte[] absolute) {
    if (absolute.length == 0 || absolute[0] != '/') {
      throw new IllegalArgumentException("not an absolute path: " + display(absolute));
    }
    var clean = new byte[absolute.length];
    int length = 0;
    for (byte b : absolute) {
      if (b == 0) {
        throw new IllegalArgumentException("path holds a NUL byte: " + display(absolute));
      }
      if (b != '/' || length == 0 || clean[length - 1] != '/') {
        clean[length++] = b;
      }
    }
    if (length > 1 && clean[length - 1] == '/') {
      length--;
    }
    return new FilePath(Arrays.copyOf(clean, length));
  }

  /**
   * The path of a child. The name, in UTF-8, may hold slashes (a relative path) and must not be
   * empty or begin with one.
   */
  public FilePath resolve(String relative) {
    return resolve(relative.getBytes(StandardCharsets.UTF_8));
  }

  /** The path of a child whose name is not necessarily text. */
  public FilePath resolve(byte[] relative) {
    if (relative.length == 0 || relative[0] == '/') {
      throw new IllegalArgumentException("not a relative path: " + display(relative));
    }
    boolean atRoot = bytes.length == 1;
    var joined = Arrays.copyOf(bytes, bytes.length + relative.length + (atRoot ? 0 : 1));
    int at = bytes.length;
    if (!atRoot) {
      joined[at++] = '/';
    }
    System.arraycopy(relative, 0, joined, at, relative.length);
    return ofBytes(joined);
  }

  /** A sibling: the same parent, and this name with a suffix. */
  public FilePath withSuffix(String suffix) {
    var more = suffix.getBytes(StandardCharsets.UTF_8);
    var joined = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, joined, bytes.length, more.length);
    return ofBytes(joined);
  }

  /** The directory that holds this path; the root is its own parent. */
  public FilePath parent() {
    int slash = lastSlash();
    return slash == 0 ? ROOT : new FilePath(Arrays.copyOf(bytes, slash));
  }

  /** The last name of the path; empty for the root. */
  public byte[] name() {
    return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
  }

  /** Whether this path is the other or lies below it, judged by names alone. */
  public boolean startsWith(FilePath other) {
    if (other.bytes.length == 1) {
      return true;
    }
    return bytes.length >= other.bytes.length
        && Arrays.equals(bytes, 0, other.bytes.length, other.bytes, 0, other.bytes.length)
        && (bytes.length == other.bytes.length || bytes[other.bytes.length] == '/');
  }

  /**
   * The names from another path down to this one.
   *
   * @param above a path that this one lies below
   * @return a relative path, as {@link #resolve(byte[])} takes it
   */
  public byte[] bytesBelow(FilePath above) {
    if (!startsWith(above) || equals(above)) {
      throw new IllegalArgumentException(this + " is not below " + above);
    }
    return Arrays.copyOfRange(bytes, above.length() == 1 ? 1 : above.length() + 1, bytes.length);
  }

  /** The bytes of the whole path. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * Whether the path is valid UTF-8, so that {@link #toString} is exact and other programs can be
   * given it as text.
   */
  public boolean isText() {
    return isUtf8(bytes);
  }

  private int lastSlash() {
    int slash = bytes.length - 1;
    while (bytes[slash] != '/') {
      slash--;
    }
    return slash;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }

  /**
   * Bytes of a name for people: exact where they are printable UTF-8; otherwise control characters
   * and bytes that are no text are shown as {@code \xHH}, so that a name can neither hide nor drive
   * a terminal.
   */
  public static String display(byte[] name) {
    var out = new StringBuilder(name.length + 8);
    if (isUtf8(name)) {
      new String(name, StandardCharsets.UTF_8)
          .codePoints()
          .forEach(c -> {
            if (Character.isISOControl(c)) {
              out.append(String.format("\\x%02x", c));
            } else {
              out.appendCodePoint(c);
            }
          });
    } else {
      for (byte b : name) {
        if (b >= 0x20 && b < 0x7f) {
          out.append((char) b);
        } else {
          out.append(String.format("\\x%02x", b & 0xff));
        }
      }
    }
    return out.toString();
  }

  @Override
  public int compareTo(FilePath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FilePath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /**
   * The path for people; see {@link #display}. Exact, and fit for other programs, if {@link
   * #isText} and printable.
   */
  @Override
  public String toString() {
    return display(bytes);
  }
}
