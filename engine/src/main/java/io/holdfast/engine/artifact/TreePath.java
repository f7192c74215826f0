package io.holdfast.engine.artifact;

import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A path within a tree: names joined by slashes, or the root of the tree itself, which is empty.
 *
 * <p>Never absolute, without {@code .}, {@code ..}, empty names and NUL: a path that could lead out
 * of the tree cannot be made, so that no reader of a repository has to remember to look. Bytes,
 * since names need not be text. Immutable; ordered by unsigned bytes.
 */
public final class TreePath implements Comparable<TreePath> {
  /** The root of a tree. */
  public static final TreePath ROOT = new TreePath(new byte[0]);

  private final byte[] bytes;

  private TreePath(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The path of these bytes, which are copied.
   *
   * @throws IllegalArgumentException if they could lead anywhere but strictly down
   */
  public static TreePath ofBytes(byte[] bytes) {
    if (bytes.length == 0) {
      return ROOT;
    }
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '/') {
        int length = i - start;
        boolean dot = length == 1 && bytes[start] == '.';
        boolean dots = length == 2 && bytes[start] == '.' && bytes[start + 1] == '.';
        if (length == 0 || dot || dots) {
          throw new IllegalArgumentException(
              "path leads out of its tree, or is not plain: " + FilePath.display(bytes));
        }
        start = i + 1;
      } else if (bytes[i] == 0) {
        throw new IllegalArgumentException("path holds a NUL byte: " + FilePath.display(bytes));
      }
    }
    return new TreePath(bytes.clone());
  }

  public static TreePath of(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The path of a child with this name. */
  public TreePath resolve(byte[] name) {
    if (bytes.length == 0) {
      return ofBytes(name);
    }
    var joined = Arrays.copyOf(bytes, bytes.length + 1 + name.length);
    joined[bytes.length] = '/';
    System.arraycopy(name, 0, joined, bytes.length + 1, name.length);
    return ofBytes(joined);
  }

  public boolean isRoot() {
    return bytes.length == 0;
  }

  /** The directory that holds this path; the root is its own parent. */
  public TreePath parent() {
    for (int i = bytes.length - 1; i > 0; i--) {
      if (bytes[i] == '/') {
        return new TreePath(Arrays.copyOf(bytes, i));
      }
    }
    return ROOT;
  }

  /** Where this path lies under a directory. */
  public FilePath under(FilePath directory) {
    return isRoot() ? directory : directory.resolve(bytes);
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(TreePath other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreePath path && Arrays.equals(bytes, path.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people, see {@link FilePath#display}; the root is {@code .}. */
  @Override
  public String toString() {
    return isRoot() ? "." : FilePath.display(bytes);
  }
}
