package io.holdfast.vault.format.json;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON byte for byte as Go's {@code encoding/json} does: no white space, keys in the order
 * of the calls, and in texts the escapes of {@code json.Marshal} (those for HTML included).
 *
 * <p>Go has changed one of them: from 1.22 on a backspace and a form feed are {@code \b} and {@code
 * \f}, before that {@code \u0008} and {@code \u000c}. This is the newer form; it concerns targets
 * of links and names of owners alone, as names of files are quoted before.
 *
 * <p>Whether a comma is due is seen from the last byte written, so the caller only says what comes.
 * It does not check that calls nest. Not thread-safe.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** No array in Java is longer. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private byte[] out;
  private int length;

  /**
   * @param capacity how many bytes are expected; it grows
   */
  public JsonWriter(int capacity) {
    this.out = new byte[Math.max(capacity, 64)];
  }

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return put('}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return put(']');
  }

  /** A key that needs no escapes. */
  public JsonWriter name(String ascii) {
    return plain(ascii).put(':');
  }

  /** A key that may need escapes. */
  public JsonWriter anyName(String text) {
    return text(text).put(':');
  }

  /** A text that needs no escapes. */
  public JsonWriter plain(String ascii) {
    open('"');
    room(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      out[length++] = (byte) ascii.charAt(i);
    }
    return put('"');
  }

  /** A text that needs no escapes, from a part of an array. */
  public JsonWriter plain(byte[] ascii, int from, int count) {
    return open('"').append(ascii, from, count).put('"');
  }

  /** A text. Half a surrogate pair, which no text in UTF-8 can hold, becomes a question mark. */
  public JsonWriter text(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes as text; each one that is no UTF-8 becomes the escape for U+FFFD, and is lost. */
  public JsonWriter text(byte[] text) {
    open('"');
    int run = 0;
    int at = 0;
    while (at < text.length) {
      int character = text[at];
      if (character >= 0 && JsonEscapes.isPlain(character)) {
        at++;
        continue;
      }
      if (character < 0) {
        character = Utf8.decode(text, at, text.length);
        if (character != Utf8.INVALID && character != 0x2028 && character != 0x2029) {
          at += Utf8.width(character);
          continue;
        }
      }
      append(text, run, at - run).escape(character);
      at += Utf8.width(character);
      run = at;
    }
    return append(text, run, text.length - run).put('"');
  }

  /** A number. */
  public JsonWriter number(long value) {
    return raw(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
  }

  /** A number of 64 bits without a sign. */
  public JsonWriter unsigned(long value) {
    return raw(Long.toUnsignedString(value).getBytes(StandardCharsets.US_ASCII));
  }

  public JsonWriter flag(boolean value) {
    return raw((value ? "true" : "false").getBytes(StandardCharsets.US_ASCII));
  }

  /** The word {@code null}. */
  public JsonWriter none() {
    return raw("null".getBytes(StandardCharsets.US_ASCII));
  }

  /** 64 hex digits. */
  public JsonWriter id(ContentId id) {
    return hex(id.toBytes(), 0, ContentId.LENGTH);
  }

  /** Bytes as lowercase hex digits. */
  public JsonWriter hex(byte[] bytes, int from, int count) {
    open('"');
    room(2 * count);
    for (int i = from; i < from + count; i++) {
      out[length++] = HEX[bytes[i] >> 4 & 0xf];
      out[length++] = HEX[bytes[i] & 0xf];
    }
    return put('"');
  }

  /** A time, as Go writes a {@code time.Time}. */
  public JsonWriter time(Timestamp time) {
    open('"');
    room(Timestamp.LONGEST);
    length += time.write(out, length);
    return put('"');
  }

  /** Bytes in base64, as Go writes a {@code []byte}. */
  public JsonWriter base64(byte[] bytes) {
    byte[] encoded = Base64.getEncoder().encode(bytes);
    return plain(encoded, 0, encoded.length);
  }

  /** A value that is JSON already. */
  public JsonWriter raw(byte[] json) {
    comma();
    return append(json, 0, json.length);
  }

  /** Bytes written so far. */
  public int size() {
    return length;
  }

  /** What was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(out, length);
  }

  /** What was written, and the newline with which Go's {@code json.Encoder} ends. */
  public byte[] toLine() {
    byte[] line = Arrays.copyOf(out, length + 1);
    line[length] = '\n';
    return line;
  }

  private JsonWriter escape(int character) {
    byte[] escape = JsonEscapes.of(character);
    return append(escape, 0, escape.length);
  }

  private JsonWriter open(char c) {
    comma();
    return put(c);
  }

  private void comma() {
    if (length > 0 && out[length - 1] != '{' && out[length - 1] != '[' && out[length - 1] != ':') {
      put(',');
    }
  }

  private JsonWriter put(char c) {
    room(1);
    out[length++] = (byte) c;
    return this;
  }

  private JsonWriter append(byte[] bytes, int from, int count) {
    room(count);
    System.arraycopy(bytes, from, out, length, count);
    length += count;
    return this;
  }

  private void room(int count) {
    if (count > out.length - length) {
      if (count > LARGEST - length) {
        throw new IllegalStateException("a document of more than 2 GiB cannot be written");
      }
      int doubled = out.length > LARGEST / 2 ? LARGEST : out.length * 2;
      out = Arrays.copyOf(out, Math.max(doubled, length + count));
    }
  }
}
