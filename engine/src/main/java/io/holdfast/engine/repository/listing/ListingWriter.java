package io.holdfast.engine.repository.listing;

import io.avaje.json.JsonWriter;
import io.avaje.json.stream.JsonStream;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.List;

/**
 * Writes the listing of a tree.
 *
 * <p>JSON Lines: one object a line, UTF-8, each line ended by LF, no spaces. The first line is
 * {@code {"format":"holdfast-tree","format_version":1}}. Each further line is one entry, in the
 * order of restoring: a directory before what is in it, a file before its hard links. Keys, in this
 * order:
 *
 * <ul>
 *   <li>{@code type}: {@code directory}, {@code file}, {@code symlink}, {@code hard_link}, {@code
 *       fifo}, {@code socket}, {@code character_device}, {@code block_device}
 *   <li>{@code path}: relative to the tree, empty for its root
 *   <li>{@code mode}: four octal digits, as text
 *   <li>{@code uid}, {@code gid}
 *   <li>{@code modified}, {@code modified_nanos}: seconds since 1970, negative before, and the
 *       nanoseconds to add
 *   <li>of a file {@code size}, {@code sha256}; and if it is sparse {@code data}: an array of
 *       {@code [offset, length]} of what is no hole
 *   <li>of a symlink {@code target}; of a hard link {@code original}, a path in the same tree
 *   <li>of a device {@code device}: its number, as the kernel encodes it
 *   <li>{@code attributes}, if there are any: an array of {@code {"name", "value"}}, the value in
 *       base64
 * </ul>
 *
 * <p>Where {@code path}, {@code target}, {@code original} or {@code name} is not valid UTF-8, the
 * key is followed by {@code _base64} and the value is the bytes in base64. Not thread-safe.
 */
public final class ListingWriter implements AutoCloseable {
  private static final JsonStream JSON = JsonStream.builder().serializeEmpty(true).build();

  private final HashingOutput out;
  private final JsonWriter json;

  /** Begins a listing. */
  public ListingWriter(OutputStream out) {
    this.out = new HashingOutput(out);
    this.json = JSON.writer((OutputStream) this.out);
    json.beginObject();
    text("format", ListingWords.FORMAT);
    number("format_version", ListingWords.FORMAT_VERSION);
    json.endObject();
    json.writeNewLine();
  }

  /** Adds an entry. */
  public void add(ListedEntry listed) throws IOException {
    TreeEntry entry = listed.entry();
    json.beginObject();
    switch (entry) {
      case TreeEntry.Directory _ -> common(ListingWords.DIRECTORY, entry);
      case TreeEntry.RegularFile file -> {
        common(ListingWords.FILE, entry);
        number("size", file.size());
        text("sha256", listed.sha256());
        if (file.sparse()) {
          data(listed.data());
        }
      }
      case TreeEntry.Symlink link -> {
        common(ListingWords.SYMLINK, entry);
        bytes("target", link.target());
      }
      case TreeEntry.HardLink link -> {
        common(ListingWords.HARD_LINK, entry);
        bytes("original", link.original().toBytes());
      }
      case TreeEntry.Special special -> {
        common(ListingWords.special(special.type()), entry);
        if (special.deviceNumber() != 0) {
          number("device", special.deviceNumber());
        }
      }
    }
    attributes(entry.metadata());
    json.endObject();
    json.writeNewLine();
    out.rethrow();
  }

  /**
   * Ends the listing, and flushes it.
   *
   * @return its SHA-256
   */
  public String finish() throws IOException {
    json.flush();
    out.rethrow();
    return out.sha256.hexDigest();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void common(String type, TreeEntry entry) {
    Metadata metadata = entry.metadata();
    text("type", type);
    bytes("path", entry.path().toBytes());
    text("mode", octal(metadata.mode()));
    number("uid", metadata.uid());
    number("gid", metadata.gid());
    number("modified", metadata.modified().seconds());
    number("modified_nanos", metadata.modified().nanos());
  }

  private void data(List<Extent> data) {
    json.name("data");
    if (data.isEmpty()) {
      json.emptyArray();
      return;
    }
    json.beginArray();
    for (Extent extent : data) {
      json.beginArray();
      json.value(extent.offset());
      json.value(extent.length());
      json.endArray();
    }
    json.endArray();
  }

  private void attributes(Metadata metadata) {
    if (metadata.attributes().isEmpty()) {
      return;
    }
    json.name("attributes");
    json.beginArray();
    metadata
        .attributes()
        .forEach((name, value) -> {
          json.beginObject();
          bytes("name", name.toBytes());
          text("value", Base64.getEncoder().encodeToString(value));
          json.endObject();
        });
    json.endArray();
  }

  private void bytes(String key, byte[] bytes) {
    ListingWords.text(bytes)
        .ifPresentOrElse(
            text -> text(key, text),
            () -> text(key + ListingWords.BASE64, Base64.getEncoder().encodeToString(bytes)));
  }

  private void text(String key, String value) {
    json.name(key);
    json.value(value);
  }

  private void number(String key, long value) {
    json.name(key);
    json.value(value);
  }

  static String octal(int mode) {
    var digits = new char[4];
    for (int i = 0; i < 4; i++) {
      digits[i] = (char) ('0' + (mode >> (9 - 3 * i) & 7));
    }
    return new String(digits);
  }

  /**
   * Hashes what passes. The JSON library wraps what the stream throws, so the failure is kept and
   * thrown as it was.
   */
  private static final class HashingOutput extends OutputStream {
    private final OutputStream out;
    private final Sha256 sha256 = new Sha256();
    private @org.jspecify.annotations.Nullable IOException failure;

    HashingOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (failure != null) {
        return;
      }
      sha256.update(bytes, offset, length);
      try {
        out.write(bytes, offset, length);
      } catch (IOException failed) {
        failure = failed;
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException failed) {
        failure = failure == null ? failed : failure;
      }
    }

    void rethrow() throws IOException {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
