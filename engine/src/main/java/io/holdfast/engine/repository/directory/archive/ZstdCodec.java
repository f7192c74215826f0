package io.holdfast.engine.repository.directory.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Frames of Zstandard (RFC 8878) with the size of their content and its checksum; hidden bytes are
 * skippable frames {@code 0x184D2A5D}, length (32 bits, little-endian), bytes.
 */
final class ZstdCodec implements FrameCodec {
  private static final int SKIPPABLE = 0x184D2A5D;
  private static final int SKIPPABLE_HEADER = 8;

  private final int level;
  private final ConcurrentLinkedQueue<ZstdCompressCtx> compressors = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<ZstdDecompressCtx> decompressors =
      new ConcurrentLinkedQueue<>();

  ZstdCodec(int level) {
    this.level = level;
  }

  @Override
  public int bound(int length) {
    return Math.toIntExact(Zstd.compressBound(length));
  }

  @Override
  public void compress(ByteBuffer plain, ByteBuffer frame) {
    ZstdCompressCtx free = compressors.poll();
    ZstdCompressCtx context =
        free == null
            ? new ZstdCompressCtx().setLevel(level).setChecksum(true).setContentSize(true)
            : free;
    context.compress(frame, plain);
    compressors.add(context);
  }

  @Override
  public void decompress(ByteBuffer frame, ByteBuffer plain) {
    ZstdDecompressCtx free = decompressors.poll();
    ZstdDecompressCtx context = free == null ? new ZstdDecompressCtx() : free;
    try {
      context.decompress(plain, frame);
    } catch (ZstdException damaged) {
      throw new IllegalArgumentException("zstd: " + damaged.getMessage(), damaged);
    } finally {
      decompressors.add(context);
    }
    if (plain.hasRemaining() || frame.hasRemaining()) {
      throw new IllegalArgumentException("a frame holds less than it should");
    }
  }

  @Override
  public int mostHidden() {
    return Integer.MAX_VALUE - (1 << 10);
  }

  @Override
  public byte[] hide(byte[] bytes, int offset, int length) {
    return ByteBuffer.allocate(SKIPPABLE_HEADER + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(SKIPPABLE)
        .putInt(length)
        .put(bytes, offset, length)
        .array();
  }

  @Override
  public int hideOverhead() {
    return SKIPPABLE_HEADER;
  }

  @Override
  public int hideOffset() {
    return SKIPPABLE_HEADER;
  }

  @Override
  public void close() {
    compressors.forEach(ZstdCompressCtx::close);
    decompressors.forEach(ZstdDecompressCtx::close);
  }
}
