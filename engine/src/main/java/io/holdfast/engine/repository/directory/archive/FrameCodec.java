package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.repository.Compression;
import java.nio.ByteBuffer;

/**
 * Compresses one frame at a time, each readable without the others. Thread-safe.
 *
 * <p>Also knows how to hide bytes in a file of its format, so that other programs pass over them.
 */
interface FrameCodec extends AutoCloseable {
  /** The codec of a compression. */
  static FrameCodec of(Compression compression, int zstdLevel) {
    return switch (compression) {
      case ZSTD -> new ZstdCodec(zstdLevel);
      case GZIP -> new GzipCodec();
      case NONE -> throw new IllegalArgumentException("plain backups have no frames");
    };
  }

  /** The most bytes that so many bytes can become. */
  int bound(int length);

  /**
   * Makes a frame.
   *
   * @param plain direct; all that remains is compressed
   * @param frame direct, with {@link #bound} bytes of room; its position ends behind the frame
   */
  void compress(ByteBuffer plain, ByteBuffer frame);

  /**
   * Reads a frame.
   *
   * @param frame direct; all that remains has to be the frame
   * @param plain direct; what remains is exactly what the frame has to hold, and gets filled
   * @throws IllegalArgumentException if it is anything else
   */
  void decompress(ByteBuffer frame, ByteBuffer plain);

  /** The most bytes that one piece of hidden bytes may have. */
  int mostHidden();

  /** Bytes as they stand in the file, hidden. The result is always the same for the same bytes. */
  byte[] hide(byte[] bytes, int offset, int length);

  /** How many bytes {@link #hide} adds to each piece. */
  int hideOverhead();

  /** Where the bytes begin in what {@link #hide} makes. */
  int hideOffset();

  @Override
  void close();
}
