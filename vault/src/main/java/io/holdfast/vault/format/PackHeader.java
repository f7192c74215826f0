package io.holdfast.vault.format;

import io.holdfast.vault.ContentId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of a pack, which tells what is in it.
 *
 * <pre>{@code
 * pack   = blob ... blob sealed-header length      blobs are sealed, one behind another from 0 on
 * length = 4 bytes, little-endian: of the sealed header
 * header = entry ... entry
 * entry  = type(1) sealed-length(4) [uncompressed-length(4)] id(32)
 * type   = 0 data, 1 tree, 2 compressed data, 3 compressed tree; the latter two with the length
 * }</pre>
 *
 * <p>To read one: read the last {@link #GUESS} bytes of the pack, or all of it; {@link
 * #sealedLength} tells from them how long the header is, and so whether it is among them; open it;
 * {@link #decode} it. Whatever length a pack claims, no more than {@link #MAX_SEALED} is believed.
 */
public final class PackHeader {
  /** Bytes of the length at the very end. */
  public static final int LENGTH_BYTES = 4;

  /** No header is longer, sealed. */
  public static final int MAX_SEALED = 16 << 20;

  /** Bytes of an entry for a blob that is not compressed. */
  public static final int PLAIN_ENTRY = 1 + 4 + ContentId.LENGTH;

  /** Bytes of an entry for a blob that is compressed. */
  public static final int COMPRESSED_ENTRY = PLAIN_ENTRY + 4;

  /** The most blobs that one pack may hold, whatever they are. */
  public static final int MAX_BLOBS = (MAX_SEALED - PackedBlob.SEAL) / COMPRESSED_ENTRY;

  /** How much to read from the end of a pack at first: enough for nearly 200 blobs. */
  public static final int GUESS = 8 << 10;

  private static final int SHORTEST_SEALED = PackedBlob.SEAL + PLAIN_ENTRY;

  private PackHeader() {}

  /**
   * The header for these blobs, to be sealed.
   *
   * @throws IllegalArgumentException if there are none, or more than {@link #MAX_BLOBS}, or if they
   *     do not lie one behind another from 0 on
   */
  public static byte[] encode(List<PackedBlob> blobs) {
    if (blobs.isEmpty() || blobs.size() > MAX_BLOBS) {
      throw new IllegalArgumentException("a pack cannot have " + blobs.size() + " blobs");
    }
    var header =
        ByteBuffer.allocate(blobs.size() * COMPRESSED_ENTRY).order(ByteOrder.LITTLE_ENDIAN);
    long offset = 0;
    for (PackedBlob blob : blobs) {
      if (blob.offset() != offset) {
        throw new IllegalArgumentException(
            "blob " + blob.id().brief() + " lies at " + blob.offset() + " instead of " + offset);
      }
      offset += blob.length();
      header.put((byte) (blob.type().ordinal() + (blob.isCompressed() ? 2 : 0)));
      header.putInt((int) blob.length());
      if (blob.isCompressed()) {
        header.putInt((int) blob.uncompressedLength());
      }
      header.put(blob.id().toBytes());
    }
    var bytes = new byte[header.position()];
    header.flip().get(bytes);
    return bytes;
  }

  /** The length that follows a sealed header. */
  public static byte[] encodeLength(int sealedLength) {
    return ByteBuffer.allocate(LENGTH_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(sealedLength)
        .array();
  }

  /**
   * How long the sealed header of a pack is. It ends where the last four bytes of the pack begin.
   *
   * @param tail the last bytes of the pack, four or more
   * @param packSize bytes of the whole pack
   * @param what which pack it is, for messages
   */
  public static int sealedLength(byte[] tail, long packSize, String what) throws FormatException {
    if (tail.length < LENGTH_BYTES || packSize < tail.length) {
      throw new FormatException(what, "it has " + packSize + " bytes and no header");
    }
    int at = tail.length - LENGTH_BYTES;
    long length =
        Integer.toUnsignedLong(ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(at));
    if (length < SHORTEST_SEALED || length > MAX_SEALED) {
      throw new FormatException(what, "no header has " + length + " bytes");
    }
    if (length > packSize - LENGTH_BYTES) {
      throw new FormatException(
          what, "its header has " + length + " bytes, and all of it " + packSize);
    }
    return (int) length;
  }

  /**
   * The blobs of a pack.
   *
   * @param header the opened header
   * @param packSize bytes of the whole pack, which the blobs and the header have to fill
   * @param what which pack it is, for messages
   */
  public static List<PackedBlob> decode(byte[] header, long packSize, String what)
      throws FormatException {
    long end = packSize - LENGTH_BYTES - PackedBlob.SEAL - header.length;
    var blobs = new ArrayList<PackedBlob>(header.length / PLAIN_ENTRY);
    var entries = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    long offset = 0;
    while (entries.hasRemaining()) {
      PackedBlob blob = entry(entries, offset, what);
      blobs.add(blob);
      offset += blob.length();
    }
    if (blobs.isEmpty() || offset != end) {
      throw new FormatException(
          what,
          "its header tells of "
              + blobs.size()
              + " blobs with "
              + offset
              + " bytes, and there are "
              + end);
    }
    return blobs;
  }

  private static PackedBlob entry(ByteBuffer entries, long offset, String what)
      throws FormatException {
    int start = entries.position();
    int type = entries.get();
    if (type < 0 || type > 3) {
      throw new FormatException(
          what, "its header has an entry of type " + (type & 0xff) + " at byte " + start);
    }
    boolean compressed = type >= 2;
    if (entries.limit() - start < (compressed ? COMPRESSED_ENTRY : PLAIN_ENTRY)) {
      throw new FormatException(what, "its header ends in the entry at byte " + start);
    }
    long length = Integer.toUnsignedLong(entries.getInt());
    long uncompressed = compressed ? Integer.toUnsignedLong(entries.getInt()) : 0;
    var id = new byte[ContentId.LENGTH];
    entries.get(id);
    if (compressed && uncompressed == 0) {
      throw new FormatException(
          what, "its header has a compressed blob of no bytes at byte " + start);
    }
    try {
      return new PackedBlob(
          ContentId.fromBytes(id, 0),
          type % 2 == 0 ? BlobType.DATA : BlobType.TREE,
          offset,
          length,
          uncompressed);
    } catch (IllegalArgumentException impossible) {
      throw new FormatException(
          what, impossible.getMessage() + ", by the entry of its header at byte " + start);
    }
  }
}
