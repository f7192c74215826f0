package io.holdfast.vault.format.tree;

import io.holdfast.vault.format.json.Utf8;
import java.util.Arrays;

/**
 * Names as restic keeps them: what Go's {@code strconv.Quote} makes of them, without the outer
 * quotes. So any bytes become text, and come back.
 *
 * <p>Quoted are the quote and the backslash, control characters, bytes that are no UTF-8 ({@code
 * \xff}), and characters that Go does not call printable ({@code \u200b}, {@code \U000e0001}). What
 * Go calls printable depends on its version, see {@link PrintableCharacters}; reading does not
 * depend on it.
 */
public final class GoQuote {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /** The letters of escapes, and what they stand for. */
  private static final String LETTERS = "abfnrtv\\\"";

  private static final byte[] LETTER_VALUES = {7, 8, 12, 10, 13, 9, 11, '\\', '"'};

  private GoQuote() {}

  /**
   * The quoted form of a name, in UTF-8.
   *
   * @param name any bytes
   * @return the same array, if there is nothing to quote
   */
  public static byte[] quote(byte[] name) {
    int plain = plainPrefix(name);
    if (plain == name.length) {
      return name;
    }
    // The longest escape for a byte, \xff, is four times as long; those for characters are less.
    byte[] out =
        Arrays.copyOf(name, Math.addExact(plain, Math.multiplyExact(4, name.length - plain)));
    int length = plain;
    int at = plain;
    while (at < name.length) {
      int character = Utf8.decode(name, at, name.length);
      int width = Utf8.width(character);
      if (character == Utf8.INVALID) {
        length = escape('x', name[at] & 0xff, 2, out, length);
      } else if (PrintableCharacters.contains(character) && character != '"' && character != '\\') {
        System.arraycopy(name, at, out, length, width);
        length += width;
      } else {
        length = escape(character, out, length);
      }
      at += width;
    }
    return Arrays.copyOf(out, length);
  }

  private static int plainPrefix(byte[] name) {
    int at = 0;
    while (at < name.length
        && name[at] >= ' '
        && name[at] < 0x7f
        && name[at] != '"'
        && name[at] != '\\') {
      at++;
    }
    return at;
  }

  private static int escape(int character, byte[] out, int at) {
    for (int i = 0; i < LETTER_VALUES.length; i++) {
      if (LETTER_VALUES[i] == character) {
        out[at] = '\\';
        out[at + 1] = (byte) LETTERS.charAt(i);
        return at + 2;
      }
    }
    if (character < ' ' || character == 0x7f) {
      return escape('x', character, 2, out, at);
    }
    return character < 0x10000
        ? escape('u', character, 4, out, at)
        : escape('U', character, 8, out, at);
  }

  private static int escape(char letter, int value, int digits, byte[] out, int at) {
    out[at++] = '\\';
    out[at++] = (byte) letter;
    for (int i = digits - 1; i >= 0; i--) {
      out[at++] = HEX[value >> (4 * i) & 0xf];
    }
    return at;
  }

  /**
   * The name of a quoted form, exactly as {@code strconv.Unquote} reads it, octal escapes included.
   *
   * @param quoted UTF-8
   * @throws IllegalArgumentException if Go would not have it: an unknown or unfinished escape, a
   *     quote or a newline that is not escaped, the escape of a surrogate
   */
  public static byte[] unquote(byte[] quoted, int from, int to) {
    var out = new byte[to - from];
    int length = 0;
    int at = from;
    while (at < to) {
      byte b = quoted[at++];
      if (b == '"' || b == '\n') {
        throw malformed();
      }
      if (b != '\\') {
        out[length++] = b;
        continue;
      }
      int letter = at < to ? quoted[at++] : 0;
      int digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
      if (digits > 0) {
        int value = number(quoted, at, to, digits, 4);
        at += digits;
        if (letter == 'x') {
          out[length++] = (byte) value;
        } else if (value < 0 || value > 0x10ffff || Utf8.isSurrogate(value)) {
          throw malformed();
        } else {
          length = Utf8.encode(value, out, length);
        }
      } else if (letter >= '0' && letter <= '7') {
        int value = number(quoted, at - 1, to, 3, 3);
        at += 2;
        if (value > 0xff) {
          throw malformed();
        }
        out[length++] = (byte) value;
      } else {
        int index = LETTERS.indexOf(letter);
        if (index < 0) {
          throw malformed();
        }
        out[length++] = LETTER_VALUES[index];
      }
    }
    return length == out.length ? out : Arrays.copyOf(out, length);
  }

  private static int number(byte[] text, int at, int to, int digits, int bits) {
    if (to - at < digits) {
      throw malformed();
    }
    int value = 0;
    for (int i = at; i < at + digits; i++) {
      int digit = Character.digit(text[i], 1 << bits);
      if (digit < 0) {
        throw malformed();
      }
      value = value << bits | digit;
    }
    return value;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("a name is not quoted as Go quotes");
  }
}
