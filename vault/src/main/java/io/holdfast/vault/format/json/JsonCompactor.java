package io.holdfast.vault.format.json;

import java.io.ByteArrayOutputStream;

/**
 * Makes of JSON from elsewhere what Go makes of a {@code json.RawMessage}: white space goes, and
 * what {@code json.Marshal} would have escaped for HTML is escaped; all else stays.
 */
public final class JsonCompactor {
  private JsonCompactor() {}

  /**
   * @param json a value that was read before, and is well formed
   */
  public static byte[] compact(byte[] json) {
    var out = new ByteArrayOutputStream(json.length);
    boolean inText = false;
    int at = 0;
    while (at < json.length) {
      byte b = json[at];
      int width = 1;
      if (b == '\\') {
        width = 2;
        out.write(json, at, width);
      } else if (b == '<' || b == '>' || b == '&') {
        out.writeBytes(JsonEscapes.of(b));
      } else if (isSeparator(json, at)) {
        width = 3;
        out.writeBytes(JsonEscapes.of(Utf8.decode(json, at, json.length)));
      } else if (inText || (b != ' ' && b != '\n' && b != '\t' && b != '\r')) {
        out.write(b);
      }
      inText ^= b == '"';
      at += width;
    }
    return out.toByteArray();
  }

  /** U+2028 or U+2029, which JavaScript once took for the end of a line. */
  private static boolean isSeparator(byte[] json, int at) {
    return json.length - at >= 3
        && json[at] == (byte) 0xe2
        && json[at + 1] == (byte) 0x80
        && (json[at + 2] & ~1) == (byte) 0xa8;
  }
}
