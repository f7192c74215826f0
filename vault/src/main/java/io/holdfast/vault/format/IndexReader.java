package io.holdfast.vault.format;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.json.JsonFields;
import io.holdfast.vault.format.json.JsonKeys;
import io.holdfast.vault.format.json.JsonReader;

/**
 * Reads a file of {@code index/}: which blob lies where in which pack. The JSON lies in an {@link
 * UnpackedFile}.
 *
 * <p>No object is made for a blob, since an index has up to some 50,000 and a vault many indexes.
 * What was reported before an error is found is of no use: collect, and keep it when {@link #read}
 * returns. Also reads the form of the years before 2015, which was an array of packs alone.
 */
public final class IndexReader {
  private static final JsonKeys KEYS = JsonKeys.of("supersedes", "packs");
  private static final JsonKeys PACK_KEYS = JsonKeys.of("id", "blobs");
  private static final JsonKeys BLOB_KEYS =
      JsonKeys.of("id", "type", "offset", "length", "uncompressed_length");
  private static final int NOWHERE = -1;

  private final JsonReader json;
  private final IndexVisitor visitor;
  private final byte[] blobId = new byte[ContentId.LENGTH];

  private IndexReader(JsonReader json, IndexVisitor visitor) {
    this.json = json;
    this.visitor = visitor;
  }

  /**
   * Reads an index.
   *
   * @param bytes the JSON; must not be changed meanwhile
   * @param what which file it is, for messages
   */
  public static void read(byte[] bytes, String what, IndexVisitor visitor) throws FormatException {
    var json = new JsonReader(bytes, what);
    var reader = new IndexReader(json, visitor);
    if (bytes.length > 0 && bytes[0] == '[') {
      reader.packs();
    } else {
      reader.index();
    }
    json.end();
  }

  private void index() throws FormatException {
    JsonFields fields = json.fields(KEYS);
    for (String key = fields.next(); key != null; key = fields.next()) {
      if (key.equals("packs")) {
        packs();
      } else {
        json.beginArray();
        while (json.nextElement()) {
          visitor.supersedes(json.id());
        }
      }
    }
  }

  private void packs() throws FormatException {
    json.beginArray();
    while (json.nextElement()) {
      pack();
    }
  }

  private void pack() throws FormatException {
    JsonFields fields = json.fields(PACK_KEYS);
    ContentId id = null;
    int blobs = NOWHERE;
    for (String key = fields.next(); key != null; key = fields.next()) {
      if (key.equals("id")) {
        id = json.id();
        visitor.pack(id);
      } else if (id != null) {
        blobs(id);
      } else {
        // JSON promises no order: come back to the blobs when it is known whose they are.
        blobs = json.place();
        json.skip();
      }
    }
    if (id == null) {
      throw json.wrong("a pack without id ends");
    }
    if (blobs != NOWHERE) {
      int end = json.place();
      json.returnTo(blobs);
      blobs(id);
      json.returnTo(end);
    }
  }

  private void blobs(ContentId pack) throws FormatException {
    json.beginArray();
    while (json.nextElement()) {
      blob(pack);
    }
  }

  private void blob(ContentId pack) throws FormatException {
    JsonFields fields = json.fields(BLOB_KEYS);
    boolean hasId = false;
    BlobType type = null;
    long offset = 0;
    long length = 0;
    long uncompressed = 0;
    for (String key = fields.next(); key != null; key = fields.next()) {
      switch (key) {
        case "id" -> {
          json.id(blobId, 0);
          hasId = true;
        }
        case "type" -> type = json.parse(BlobType::parse);
        case "offset" -> offset = json.unsigned(PackedBlob.MAX);
        case "length" -> length = json.unsigned(PackedBlob.MAX);
        case "uncompressed_length" -> uncompressed = json.unsigned(PackedBlob.MAX);
        default -> throw new IllegalStateException(key);
      }
    }
    if (!hasId || type == null) {
      throw json.wrong("a blob without id or type ends");
    }
    try {
      PackedBlob.check(offset, length, uncompressed);
    } catch (IllegalArgumentException impossible) {
      throw json.wrong(impossible.getMessage() + ", which ends");
    }
    visitor.blob(pack, blobId, type, offset, length, uncompressed);
  }
}
