package io.holdfast.engine.repository.directory.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Members of gzip (RFC 1952) without name or time; hidden bytes are members without content that
 * carry them in a subfield {@code HF} of their extra field.
 */
final class GzipCodec implements FrameCodec {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final byte[] HIDING_HEADER = {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff};

  /** An empty deflate block, the CRC-32 of nothing, and a length of nothing. */
  private static final byte[] NOTHING = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0};

  private static final int TRAILER = 8;
  private static final int EXTRA_HEADER = 6;
  private static final int LEVEL = 5;

  private final ConcurrentLinkedQueue<Deflater> deflaters = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Inflater> inflaters = new ConcurrentLinkedQueue<>();

  @Override
  public int bound(int length) {
    // Stored blocks of deflate: 5 bytes for each 16 KiB begun; then header and trailer.
    return length + (length / (16 << 10) + 2) * 5 + HEADER.length + TRAILER + 32;
  }

  @Override
  public void compress(ByteBuffer plain, ByteBuffer frame) {
    Deflater free = deflaters.poll();
    Deflater deflater = free == null ? new Deflater(LEVEL, true) : free;
    deflater.reset();
    int crc = crc(plain);
    int length = plain.remaining();
    frame.put(HEADER);
    deflater.setInput(plain);
    deflater.finish();
    while (!deflater.finished()) {
      if (deflater.deflate(frame) == 0) {
        throw new IllegalStateException("deflate needs more room than its bound");
      }
    }
    little(frame, crc);
    little(frame, length);
    deflaters.add(deflater);
  }

  @Override
  public void decompress(ByteBuffer frame, ByteBuffer plain) {
    if (frame.remaining() < HEADER.length + TRAILER) {
      throw new IllegalArgumentException("a gzip member is too short");
    }
    for (byte expected : HEADER) {
      if (frame.get() != expected) {
        throw new IllegalArgumentException("a gzip member has another header than it was given");
      }
    }
    int begin = plain.position();
    Inflater free = inflaters.poll();
    Inflater inflater = free == null ? new Inflater(true) : free;
    try {
      inflater.reset();
      inflater.setInput(frame);
      while (!inflater.finished()) {
        if (inflater.inflate(plain) == 0 && !inflater.finished()) {
          throw new IllegalArgumentException("a gzip member holds not what it should");
        }
      }
    } catch (DataFormatException damaged) {
      throw new IllegalArgumentException("gzip: " + damaged.getMessage(), damaged);
    } finally {
      inflaters.add(inflater);
    }
    ByteBuffer content = plain.duplicate().flip().position(begin);
    if (plain.hasRemaining()
        || frame.remaining() != TRAILER
        || little(frame) != crc(content)
        || little(frame) != content.remaining()) {
      throw new IllegalArgumentException("a gzip member has a wrong length or CRC");
    }
  }

  @Override
  public int mostHidden() {
    return 0xffff - 4;
  }

  @Override
  public byte[] hide(byte[] bytes, int offset, int length) {
    return ByteBuffer.allocate(hideOverhead() + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(HIDING_HEADER)
        .putShort((short) (length + 4))
        .put((byte) 'H')
        .put((byte) 'F')
        .putShort((short) length)
        .put(bytes, offset, length)
        .put(NOTHING)
        .array();
  }

  @Override
  public int hideOverhead() {
    return hideOffset() + NOTHING.length;
  }

  @Override
  public int hideOffset() {
    return HIDING_HEADER.length + EXTRA_HEADER;
  }

  @Override
  public void close() {
    deflaters.forEach(Deflater::end);
    inflaters.forEach(Inflater::end);
  }

  private static int crc(ByteBuffer bytes) {
    var crc = new CRC32();
    crc.update(bytes.duplicate());
    return (int) crc.getValue();
  }

  private static void little(ByteBuffer target, int value) {
    target.putInt(Integer.reverseBytes(value));
  }

  private static int little(ByteBuffer source) {
    return Integer.reverseBytes(source.getInt());
  }
}
