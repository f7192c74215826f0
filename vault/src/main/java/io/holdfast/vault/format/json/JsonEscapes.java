package io.holdfast.vault.format.json;

import java.nio.charset.StandardCharsets;

/** Which characters {@code json.Marshal} escapes, and how. */
final class JsonEscapes {
  private static final boolean[] PLAIN = new boolean[128];
  private static final byte[][] ASCII = new byte[128][];
  private static final byte[] INVALID = bytes("\\ufffd");
  private static final byte[] LINE_SEPARATOR = bytes("\\u2028");
  private static final byte[] PARAGRAPH_SEPARATOR = bytes("\\u2029");

  static {
    for (int c = 0; c < 128; c++) {
      // Delete, 0x7f, is left as it is.
      PLAIN[c] = c >= 0x20 && "\"\\<>&".indexOf(c) < 0;
      ASCII[c] = bytes(String.format("\\u%04x", c));
    }
    ASCII['"'] = bytes("\\\"");
    ASCII['\\'] = bytes("\\\\");
    ASCII['\b'] = bytes("\\b");
    ASCII['\f'] = bytes("\\f");
    ASCII['\n'] = bytes("\\n");
    ASCII['\r'] = bytes("\\r");
    ASCII['\t'] = bytes("\\t");
  }

  private JsonEscapes() {}

  /** Whether a character of ASCII stands for itself. */
  static boolean isPlain(int ascii) {
    return PLAIN[ascii];
  }

  /**
   * The escape of a character that has one.
   *
   * @param character of ASCII, U+2028, U+2029 or {@link Utf8#INVALID}
   * @return not to be changed
   */
  static byte[] of(int character) {
    return switch (character) {
      case Utf8.INVALID -> INVALID;
      case 0x2028 -> LINE_SEPARATOR;
      case 0x2029 -> PARAGRAPH_SEPARATOR;
      default -> ASCII[character];
    };
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
