package io.holdfast.vault.format.tree;

import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of a node in its directory: bytes that are one plain name, so that no tree, whoever
 * wrote it, can lead out of the directory that it is restored into. Immutable; ordered by unsigned
 * bytes, which is the order of nodes in a tree.
 */
public final class NodeName implements Comparable<NodeName> {
  private final byte[] bytes;

  private NodeName(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The name of these bytes, which are copied.
   *
   * @throws IllegalArgumentException if it is empty, {@code .} or {@code ..}, or holds a slash or
   *     NUL
   */
  public static NodeName of(byte[] bytes) {
    return owning(bytes.clone());
  }

  /** A name in UTF-8. */
  public static NodeName of(String text) {
    return owning(text.getBytes(StandardCharsets.UTF_8));
  }

  static NodeName owning(byte[] bytes) {
    boolean plain = bytes.length > 0;
    for (byte b : bytes) {
      plain &= b != '/' && b != 0;
    }
    boolean dots = bytes.length <= 2 && plain && bytes[0] == '.' && bytes[bytes.length - 1] == '.';
    if (!plain || dots) {
      throw new IllegalArgumentException("\"" + FilePath.display(bytes) + "\" is no plain name");
    }
    return new NodeName(bytes);
  }

  /** The bytes themselves, not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(NodeName other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeName name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** For people, see {@link FilePath#display}. */
  @Override
  public String toString() {
    return FilePath.display(bytes);
  }
}
