package io.holdfast.vault.pack;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.PackHeader;
import io.holdfast.vault.format.PackedBlob;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pack that is being filled with blobs of one type. Not thread-safe. */
final class PackAssembly {
  private final BlobType type;
  private final List<PackedBlob> blobs = new ArrayList<>();
  private byte[] bytes;
  private int length;

  /**
   * @param buffer to gather in; what is in it does not matter
   */
  PackAssembly(BlobType type, byte[] buffer) {
    this.type = type;
    this.bytes = buffer;
  }

  /** What it gathered in, for another, once the pack is stored. It may have grown. */
  byte[] buffer() {
    return bytes;
  }

  /** A pack that is complete. */
  record Pack(ContentId id, ByteBuffer content, List<PackedBlob> blobs) {}

  /** Takes a blob in. */
  void add(ContentId id, BlobCodec.Encoded blob) {
    reserve(blob.length());
    System.arraycopy(blob.bytes(), 0, bytes, length, blob.length());
    blobs.add(new PackedBlob(id, type, length, blob.length(), blob.uncompressedLength()));
    length += blob.length();
  }

  /** Bytes of blobs so far. */
  int size() {
    return length;
  }

  boolean isEmpty() {
    return blobs.isEmpty();
  }

  /** Whether no more blobs may come in. */
  boolean isFull(int target) {
    return length >= target || blobs.size() >= PackHeader.MAX_BLOBS;
  }

  /** Ends it with its header. */
  Pack finish(BlobCodec codec) {
    byte[] header = codec.seal(PackHeader.encode(blobs));
    byte[] tail = PackHeader.encodeLength(header.length);
    reserve(header.length + tail.length);
    System.arraycopy(header, 0, bytes, length, header.length);
    System.arraycopy(tail, 0, bytes, length + header.length, tail.length);
    length += header.length + tail.length;
    return new Pack(
        ContentId.of(bytes, 0, length), ByteBuffer.wrap(bytes, 0, length), List.copyOf(blobs));
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + bytes.length / 2));
    }
  }
}
