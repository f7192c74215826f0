package io.holdfast.engine.file;

import java.util.Arrays;

/**
 * Name of an extended attribute, such as {@code user.comment}: bytes, compared as unsigned.
 * Immutable.
 */
public final class AttributeName implements Comparable<AttributeName> {
  private final byte[] bytes;

  public AttributeName(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public int compareTo(AttributeName other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AttributeName name && Arrays.equals(bytes, name.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return FilePath.display(bytes);
  }
}
