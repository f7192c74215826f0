package io.holdfast.testkit.handler;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes that were stored in a plain file, holes included, with their digest.
 *
 * @param file where they are
 * @param size how many, holes included
 * @param extents where data lies
 * @param sha256 of all bytes, holes as zeros
 */
record Blob(Path file, long size, List<Extent> extents, String sha256) {
  private static final int BLOCK = 64 * 1024;

  /** Reads content to its end, by the rules of {@link Content}, into a file that must not exist. */
  static Blob write(Path file, Content content) throws IOException {
    MessageDigest digest = sha256Digest();
    try (Content.Reader reader = content.open();
        FileChannel out =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = reader.size();
      List<Extent> extents = List.copyOf(reader.extents());
      long position = 0;
      for (Extent extent : extents) {
        if (extent.offset() < position || extent.length() <= 0 || extent.end() > size) {
          throw new AssertionError("extents overlap, are empty or lie outside: " + extents);
        }
        if (extent.offset() > position) {
          reader.skipHole(extent.offset() - position);
          updateWithZeros(digest, extent.offset() - position);
        }
        copy(reader, out, extent, digest);
        position = extent.end();
      }
      if (size > position) {
        reader.skipHole(size - position);
        updateWithZeros(digest, size - position);
      }
      if (reader.read(ByteBuffer.allocate(1)) != -1) {
        throw new AssertionError("content goes on after its size of " + size + " bytes");
      }
      return new Blob(file, size, extents, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static void copy(
      Content.Reader reader, FileChannel out, Extent extent, MessageDigest digest)
      throws IOException {
    long position = extent.offset();
    var buffer = ByteBuffer.allocate(BLOCK);
    while (position < extent.end()) {
      buffer.clear().limit((int) Math.min(BLOCK, extent.end() - position));
      int count = reader.read(buffer);
      if (count < 1) {
        throw new AssertionError("content ended at " + position + ", before its size");
      }
      buffer.flip();
      digest.update(buffer.duplicate());
      while (buffer.hasRemaining()) {
        position += out.write(buffer, position);
      }
    }
  }

  /** A file as it lies there, taken for one extent. */
  static Blob ofFile(Path file) throws IOException {
    MessageDigest digest = sha256Digest();
    long size;
    try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
      size = in.size();
      var buffer = ByteBuffer.allocate(BLOCK);
      while (in.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    List<Extent> whole = size == 0 ? List.of() : List.of(new Extent(0, size));
    return new Blob(file, size, whole, HexFormat.of().formatHex(digest.digest()));
  }

  /** The bytes, verified on the way. */
  Content content(boolean detached) {
    return new Content() {
      @Override
      public Reader open() throws IOException {
        return new BlobReader(Blob.this);
      }

      @Override
      public boolean isDetached() {
        return detached;
      }
    };
  }

  static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static void updateWithZeros(MessageDigest digest, long count) {
    var zeros = new byte[BLOCK];
    for (long left = count; left > 0; left -= BLOCK) {
      digest.update(zeros, 0, (int) Math.min(BLOCK, left));
    }
  }

  private static final class BlobReader implements Content.Reader {
    private final Blob blob;
    private final FileChannel in;
    private final MessageDigest digest = sha256Digest();
    private long position;
    private boolean verified;

    BlobReader(Blob blob) throws IOException {
      this.blob = blob;
      this.in = FileChannel.open(blob.file, StandardOpenOption.READ);
    }

    @Override
    public long size() {
      return blob.size;
    }

    @Override
    public List<Extent> extents() {
      return blob.extents;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (position == blob.size) {
        verify();
        return -1;
      }
      int room = (int) Math.min(target.remaining(), blob.size - position);
      var bytes = new byte[room];
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && in.read(buffer, position + buffer.position()) > 0) {}
      // What the file lacks stays zero: a hole at the end, or damage, which the digest tells apart.
      digest.update(bytes);
      target.put(bytes);
      position += room;
      return room;
    }

    @Override
    public void skipHole(long bytes) {
      long end = position + bytes;
      boolean hole =
          end <= blob.size
              && blob.extents.stream().noneMatch(e -> e.offset() < end && e.end() > position);
      if (!hole) {
        throw new AssertionError(
            "what was skipped as a hole is none: " + bytes + " at " + position);
      }
      updateWithZeros(digest, bytes);
      position = end;
    }

    private void verify() {
      if (!verified) {
        verified = true;
        if (!HexFormat.of().formatHex(digest.digest()).equals(blob.sha256)) {
          throw new HoldfastException(
              ErrorCode.ARTIFACT_CORRUPT, blob.file + " does not have its SHA-256", "");
        }
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
