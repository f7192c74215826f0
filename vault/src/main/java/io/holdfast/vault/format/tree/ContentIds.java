package io.holdfast.vault.format.tree;

import io.holdfast.vault.ContentId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * The blobs of a file, in order, in 32 bytes each: a large file has millions. Immutable; each
 * {@link #get} makes a new object.
 */
public final class ContentIds extends AbstractList<ContentId> implements RandomAccess {
  /** Of a file without a byte. */
  public static final ContentIds EMPTY = new ContentIds(new byte[0]);

  private final byte[] bytes;

  private ContentIds(byte[] bytes) {
    this.bytes = bytes;
  }

  public static ContentIds of(Collection<ContentId> ids) {
    if (ids instanceof ContentIds same) {
      return same;
    }
    var bytes = new byte[Math.multiplyExact(ids.size(), ContentId.LENGTH)];
    int at = 0;
    for (ContentId id : ids) {
      id.copyTo(bytes, at);
      at += ContentId.LENGTH;
    }
    return owning(bytes);
  }

  /** Of ids one behind another, which are not copied. */
  static ContentIds owning(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new ContentIds(bytes);
  }

  /** The ids one behind another, not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public ContentId get(int index) {
    Objects.checkIndex(index, size());
    return ContentId.fromBytes(bytes, index * ContentId.LENGTH);
  }

  @Override
  public int size() {
    return bytes.length / ContentId.LENGTH;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentIds ids ? Arrays.equals(bytes, ids.bytes) : super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
