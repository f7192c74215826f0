package io.holdfast.vault.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * Texts in addresses, encoded as the signature of Amazon asks for: all but letters, digits, {@code
 * -}, {@code .}, {@code _} and {@code ~} as {@code %XX} of its UTF-8, in capitals. Pure.
 */
final class UriText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UriText() {}

  /** A name or a value of a query. */
  static String encode(String text) {
    return encode(text, false);
  }

  /** A path, in which slashes stay. */
  static String encodePath(String path) {
    return encode(path, true);
  }

  private static String encode(String text, boolean slashes) {
    var encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      if (isPlain(b) || (slashes && b == '/')) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
