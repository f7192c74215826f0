package io.holdfast.vault.format;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.json.JsonWriter;

/**
 * Writes a file of {@code index/}, pack by pack, as restic does: the JSON ends with a newline, and
 * belongs into an {@link UnpackedFile}. Not thread-safe.
 */
public final class IndexWriter {
  private final JsonWriter json = new JsonWriter(64 << 10);
  private boolean inPack;
  private int blobs;

  public IndexWriter() {
    json.beginObject().name("packs").beginArray();
  }

  /** Begins a pack. */
  public IndexWriter pack(ContentId id) {
    endPack();
    json.beginObject().name("id").id(id).name("blobs").beginArray();
    inPack = true;
    return this;
  }

  /**
   * Adds a blob to the pack that was begun last.
   *
   * @param id an array that holds the 32 bytes of the blob's id
   * @param at where they begin in it
   * @param offset as {@link PackedBlob} has them
   * @throws IllegalStateException if no pack was begun
   */
  public IndexWriter blob(
      byte[] id, int at, BlobType type, long offset, long length, long uncompressedLength) {
    if (!inPack) {
      throw new IllegalStateException("a blob needs a pack");
    }
    PackedBlob.check(offset, length, uncompressedLength);
    json.beginObject().name("id").hex(id, at, ContentId.LENGTH);
    json.name("type").plain(type.word());
    json.name("offset").number(offset).name("length").number(length);
    if (uncompressedLength != 0) {
      json.name("uncompressed_length").number(uncompressedLength);
    }
    json.endObject();
    blobs++;
    return this;
  }

  /** Adds a blob to the pack that was begun last. */
  public IndexWriter blob(PackedBlob blob) {
    return blob(
        blob.id().toBytes(),
        0,
        blob.type(),
        blob.offset(),
        blob.length(),
        blob.uncompressedLength());
  }

  /** How many blobs there are. */
  public int blobs() {
    return blobs;
  }

  /**
   * Bytes so far, before compression: what keeps an index below the 8 MiB that the format asks for.
   */
  public int size() {
    return json.size();
  }

  /** The JSON. Nothing may be added after that. */
  public byte[] finish() {
    endPack();
    return json.endArray().endObject().toLine();
  }

  private void endPack() {
    if (inPack) {
      json.endArray().endObject();
      inPack = false;
    }
  }
}
