package io.holdfast.vault.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Compresses blobs and files by zstd: one frame each, which tells the length of its content,
 * without a checksum, as the blob's id is one. Keeps native memory until closed; not thread-safe,
 * so each thread has its own.
 */
public final class BlobCompressor implements AutoCloseable {
  /** The level that serves best where nothing else is asked for. */
  public static final int DEFAULT_LEVEL = 3;

  private final ZstdCompressCtx context;

  /**
   * @param level of zstd, 1 to 22
   */
  public BlobCompressor(int level) {
    if (level < 1 || level > 22) {
      throw new IllegalArgumentException("level out of range: " + level);
    }
    this.context = new ZstdCompressCtx().setLevel(level).setChecksum(false).setContentSize(true);
  }

  /**
   * Compresses a blob, if that makes it smaller.
   *
   * @param target where the frame goes; from {@code targetAt} on it needs as many bytes of room as
   *     the blob has. On failure to make it smaller they are undefined
   * @return how long the frame is; empty if the blob is to be stored as it is, which is always so
   *     for one without a byte, since the format cannot tell of it
   */
  public OptionalInt compress(byte[] blob, int at, int length, byte[] target, int targetAt) {
    if (length <= 1) {
      return OptionalInt.empty();
    }
    int room = Math.min(length - 1, target.length - targetAt);
    try {
      return OptionalInt.of(context.compressByteArray(target, targetAt, room, blob, at, length));
    } catch (com.github.luben.zstd.ZstdException failure) {
      if (failure.getErrorCode() == Zstd.errDstSizeTooSmall()) {
        return OptionalInt.empty();
      }
      throw failure;
    }
  }

  /** A frame, smaller or not, with some bytes of room in front of it. */
  byte[] frame(byte[] content, int room) {
    var out = new byte[Math.toIntExact(room + Zstd.compressBound(content.length))];
    int length =
        context.compressByteArray(out, room, out.length - room, content, 0, content.length);
    return Arrays.copyOf(out, room + length);
  }

  @Override
  public void close() {
    context.close();
  }
}
