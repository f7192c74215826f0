package io.holdfast.vault.format.json;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.FormatException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads JSON from an array of bytes, as the caller asks for it: nothing is built that is not asked
 * for, and nothing nests deeper than the caller goes, or than {@link #MAX_DEPTH} where values are
 * passed over.
 *
 * <p>Strict as RFC 8259 is: no comments, no commas too many, no bytes that are not UTF-8, no halves
 * of surrogate pairs; numbers are whole and in range. Whatever is wrong is a {@link
 * FormatException} that names the document and the byte. Not thread-safe.
 */
public final class JsonReader {
  /** How deep values nest that are passed over; restic's own do not go beyond four. */
  public static final int MAX_DEPTH = 64;

  private final byte[] in;
  private final String what;
  private final JsonScanner scan;

  /** Right after the beginning of an object or array, where no comma is due. */
  private boolean fresh;

  /**
   * @param in the document; must not be changed while it is read
   * @param what what it is, for messages: {@code snapshot 0a1b2c3d}
   */
  public JsonReader(byte[] in, String what) {
    this.in = in;
    this.what = what;
    this.scan = new JsonScanner(in, what);
  }

  /** Goes through an object with these keys. */
  public JsonFields fields(JsonKeys known) throws FormatException {
    return new JsonFields(this, known);
  }

  public void beginObject() throws FormatException {
    scan.expect('{', "an object");
    fresh = true;
  }

  /**
   * Moves to the value of the next key. False at the end of the object, which then is behind.
   *
   * @see #key
   */
  public boolean nextKey() throws FormatException {
    if (atEnd('}')) {
      return false;
    }
    scan.text("a key");
    scan.expect(':', "a colon");
    return true;
  }

  /** Which of these keys {@link #nextKey} has found, before its value is read; -1 if none. */
  int findKey(JsonKeys known) {
    return known.find(scan.text, scan.from, scan.to);
  }

  /** The key that {@link #nextKey} has found, before its value is read. */
  public String key() {
    return scan.string();
  }

  public void beginArray() throws FormatException {
    scan.expect('[', "an array");
    fresh = true;
  }

  /** Whether another element follows; if not, the array is behind. */
  public boolean nextElement() throws FormatException {
    return !atEnd(']');
  }

  private boolean atEnd(char end) throws FormatException {
    boolean first = fresh;
    fresh = false;
    if (scan.skipIf(end)) {
      return true;
    }
    if (!first) {
      scan.expect(',', "a comma or " + end);
    }
    return false;
  }

  /** Reads the word null, if it is next. */
  public boolean readNull() throws FormatException {
    return scan.skipIf("null");
  }

  public boolean flag() throws FormatException {
    if (scan.skipIf("true")) {
      return true;
    }
    if (scan.skipIf("false")) {
      return false;
    }
    throw wrong("true or false was expected");
  }

  /**
   * A whole number of 64 bits without a sign.
   *
   * @param most the largest that is allowed; unsigned
   */
  public long unsigned(long most) throws FormatException {
    return scan.unsigned(most);
  }

  /** A text. */
  public String text() throws FormatException {
    scan.text("a text");
    return scan.string();
  }

  /** A text as UTF-8. */
  public byte[] bytes() throws FormatException {
    scan.text("a text");
    return Arrays.copyOfRange(scan.text, scan.from, scan.to);
  }

  /**
   * A text as the bytes that Go's encoder was given, as far as they are known: where it met a byte
   * that is no UTF-8 it has left the escape for U+FFFD, which it writes for nothing else. Such a
   * byte is lost, and comes out as 0xff, which is none in UTF-8 either; so writing the bytes again
   * gives the same JSON.
   */
  public byte[] lossyBytes() throws FormatException {
    scan.lossyText();
    return Arrays.copyOfRange(scan.text, scan.from, scan.to);
  }

  /** What a parser makes of a text. */
  public <T> T parse(TextParser<T> parser) throws FormatException {
    int start = scan.at();
    scan.text("a text");
    try {
      return parser.parse(scan.text, scan.from, scan.to);
    } catch (IllegalArgumentException malformed) {
      throw new FormatException(
          what, malformed.getMessage() + ", in the text after byte " + start, malformed);
    }
  }

  /** 64 lowercase hex digits. */
  public ContentId id() throws FormatException {
    byte[] id = new byte[ContentId.LENGTH];
    id(id, 0);
    return ContentId.fromBytes(id, 0);
  }

  /** 64 lowercase hex digits, put into an array as 32 bytes. */
  public void id(byte[] target, int offset) throws FormatException {
    scan.text("64 hex digits");
    if (!Hex.decode(scan.text, scan.from, scan.to, target, offset, ContentId.LENGTH)) {
      throw wrong("64 lowercase hex digits were expected");
    }
  }

  /** A text that holds bytes in base64. */
  public byte[] base64() throws FormatException {
    return parse(
        (text, from, to) -> Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to)));
  }

  /** A value of any kind, as it stands there. */
  public byte[] raw() throws FormatException {
    scan.peek();
    int start = scan.at();
    skip();
    return Arrays.copyOfRange(in, start, scan.at());
  }

  /** Passes over a value of any kind. */
  public void skip() throws FormatException {
    skip(MAX_DEPTH);
  }

  private void skip(int depth) throws FormatException {
    if (depth == 0) {
      throw wrong("values nest more than " + MAX_DEPTH + " deep");
    }
    switch (scan.peek()) {
      case '{' -> {
        beginObject();
        while (nextKey()) {
          skip(depth - 1);
        }
      }
      case '[' -> {
        beginArray();
        while (nextElement()) {
          skip(depth - 1);
        }
      }
      case '"' -> scan.text("a text");
      case 't', 'f' -> flag();
      case 'n' -> {
        if (!readNull()) {
          throw wrong("a value was expected");
        }
      }
      default -> scan.skipNumber();
    }
  }

  /** Where reading stands, for {@link #returnTo}: in front of a value. */
  public int place() {
    return scan.at();
  }

  /** Goes back, or forward again, to a value. */
  public void returnTo(int place) {
    fresh = false;
    scan.moveTo(place);
  }

  /** Makes sure that nothing follows but white space. */
  public void end() throws FormatException {
    scan.end();
  }

  /** That something is wrong about here. */
  public FormatException wrong(String problem) {
    return scan.wrong(problem);
  }
}
