package io.holdfast.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Decodes percent-encoding, strictly. Pure. */
final class Percent {
  private Percent() {}

  /**
   * Decodes one segment of a path, or one name or value of a query.
   *
   * @param plusIsSpace as in queries
   * @throws ProblemException 400 if the encoding is broken, is no UTF-8, or hides a control
   *     character, which is no part of any name
   */
  static String decode(String encoded, boolean plusIsSpace) {
    var bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        int high = hex(encoded, i + 1);
        int low = hex(encoded, i + 2);
        if (high < 0 || low < 0) {
          throw bad();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    String text = utf8(bytes.toByteArray());
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw bad();
    }
    return text;
  }

  private static int hex(String encoded, int index) {
    return index < encoded.length() && HexFormat.isHexDigit(encoded.charAt(index))
        ? HexFormat.fromHexDigit(encoded.charAt(index))
        : -1;
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw bad();
    }
  }

  private static ProblemException bad() {
    return new ProblemException(ProblemCode.BAD_REQUEST, "The address is not validly encoded");
  }
}
