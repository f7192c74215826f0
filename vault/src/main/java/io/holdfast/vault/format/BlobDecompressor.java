package io.holdfast.vault.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Decompresses blobs and files, and never into more memory than the caller has said, whatever the
 * frame claims. Keeps native memory until closed; not thread-safe, so each thread has its own.
 */
public final class BlobDecompressor implements AutoCloseable {
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();

  /**
   * Decompresses a blob.
   *
   * @param target where the content goes
   * @param expected how many bytes it has to have, exactly
   * @param what which blob it is, for messages
   * @throws IndexOutOfBoundsException if there is less room in the target
   */
  public void exactly(
      byte[] frame, int at, int length, byte[] target, int targetAt, int expected, String what)
      throws FormatException {
    requireFrame(length, what);
    int found;
    try {
      found = context.decompressByteArray(target, targetAt, expected, frame, at, length);
    } catch (ZstdException malformed) {
      throw malformed(what, malformed);
    }
    if (found != expected) {
      throw new FormatException(
          what, "it has " + found + " bytes uncompressed instead of " + expected);
    }
  }

  /**
   * Decompresses what has a length that is not known beforehand. Where the frame does not tell it
   * either, as those of other programs may not, it is found on the way; that takes native memory
   * for the frame's window, 128 MiB at most.
   *
   * @param limit the most bytes that are accepted
   * @param what what it is, for messages
   */
  public byte[] upTo(int limit, byte[] frame, String what) throws FormatException {
    requireFrame(frame.length, what);
    long size = Zstd.getFrameContentSize(frame);
    if (size > limit) {
      throw new FormatException(
          what, "it has " + size + " bytes uncompressed, and the limit is " + limit);
    }
    if (size > 0) {
      var content = new byte[(int) size];
      exactly(frame, 0, frame.length, content, 0, content.length, what);
      return content;
    }
    return stream(limit, frame, what);
  }

  /** The library looks for the first byte of a frame without asking whether there is one. */
  private static void requireFrame(int length, String what) throws FormatException {
    if (length == 0) {
      throw new FormatException(what, "it is compressed, and empty");
    }
  }

  private static byte[] stream(int limit, byte[] frame, String what) throws FormatException {
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(frame))) {
      byte[] content = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new FormatException(
            what, "it has more bytes uncompressed than the limit of " + limit);
      }
      return content;
    } catch (FormatException known) {
      throw known;
    } catch (IOException | ZstdException malformed) {
      throw malformed(what, malformed);
    }
  }

  private static FormatException malformed(String what, Exception cause) {
    return new FormatException(
        what, "it cannot be decompressed (" + cause.getMessage() + ")", cause);
  }

  @Override
  public void close() {
    context.close();
  }
}
