package io.holdfast.vault.format.json;

import io.holdfast.vault.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The tokens of a JSON document. Not thread-safe. */
final class JsonScanner {
  private static final byte[] NONE = new byte[0];

  /** The largest number of 64 bits that can be multiplied by ten. */
  private static final long LAST_TENTH = Long.divideUnsigned(-1L, 10);

  private final byte[] in;
  private final String what;
  private int at;

  /** The last text that was read: in the document itself, or unescaped beside it. */
  byte[] text = NONE;

  /** Where the last text begins. */
  int from;

  /** Where the last text ends. */
  int to;

  private byte[] unescaped = NONE;

  JsonScanner(byte[] in, String what) {
    this.in = in;
    this.what = what;
  }

  int at() {
    return at;
  }

  void moveTo(int place) {
    at = place;
  }

  FormatException wrong(String problem) {
    return new FormatException(what, problem + (at < in.length ? " at byte " + at : " at its end"));
  }

  /** The next byte that is no white space, which stays; 0 at the end. */
  int peek() {
    while (at < in.length) {
      byte b = in[at];
      if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
        return b;
      }
      at++;
    }
    return 0;
  }

  void expect(char c, String words) throws FormatException {
    if (peek() != c) {
      throw wrong(words + " was expected");
    }
    at++;
  }

  boolean skipIf(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  /** Skips a word. What follows it is looked at by whoever expects something there. */
  boolean skipIf(String word) {
    if (peek() != word.charAt(0) || in.length - at < word.length()) {
      return false;
    }
    for (int i = 1; i < word.length(); i++) {
      if (in[at + i] != word.charAt(i)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  void end() throws FormatException {
    peek();
    if (at < in.length) {
      throw wrong("something follows its end");
    }
  }

  long unsigned(long most) throws FormatException {
    int digit = peek() - '0';
    if (digit < 0 || digit > 9) {
      throw wrong("a whole number was expected");
    }
    int start = at;
    long value = 0;
    while (digit >= 0 && digit <= 9) {
      // Only the product can overflow unseen: the sum then is less than the digit.
      boolean tooLarge = Long.compareUnsigned(value, LAST_TENTH) > 0;
      value = value * 10 + digit;
      if (tooLarge
          || Long.compareUnsigned(value, digit) < 0
          || Long.compareUnsigned(value, most) > 0) {
        at = start;
        throw wrong("a number is larger than " + Long.toUnsignedString(most));
      }
      at++;
      digit = at < in.length ? in[at] - '0' : -1;
    }
    boolean fraction = at < in.length && (in[at] == '.' || (in[at] | 0x20) == 'e');
    if (fraction || (in[start] == '0' && at - start > 1)) {
      at = start;
      throw wrong("a whole number was expected");
    }
    return value;
  }

  void skipNumber() throws FormatException {
    peek();
    int start = at;
    skipByte('-');
    if (!skipByte('0')) {
      digits(start);
    }
    if (skipByte('.')) {
      digits(start);
    }
    if (skipByte('e') || skipByte('E')) {
      if (!skipByte('+')) {
        skipByte('-');
      }
      digits(start);
    }
  }

  private boolean skipByte(char c) {
    boolean there = at < in.length && in[at] == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void digits(int start) throws FormatException {
    int first = at;
    while (at < in.length && in[at] >= '0' && in[at] <= '9') {
      at++;
    }
    if (at == first) {
      at = start;
      throw wrong("a value was expected");
    }
  }

  /** Reads a text, and leaves its bytes between {@link #from} and {@link #to}. */
  void text(String words) throws FormatException {
    text(words, false);
  }

  /** As {@link JsonReader#lossyBytes} explains. */
  void lossyText() throws FormatException {
    text("a text", true);
  }

  private void text(String words, boolean lossy) throws FormatException {
    expect('"', words);
    int start = at;
    while (at < in.length) {
      byte b = in[at];
      if (b == '"') {
        text = in;
        from = start;
        to = at++;
        return;
      }
      if (b == '\\') {
        unescape(start, lossy);
        return;
      }
      at += plainWidth(b);
    }
    throw wrong("a text does not end");
  }

  /** How many bytes the character here has, which is neither a quote nor a backslash. */
  private int plainWidth(byte first) throws FormatException {
    if (first >= 0x20) {
      return 1;
    }
    int character = first >= 0 ? Utf8.INVALID : Utf8.decode(in, at, in.length);
    if (character == Utf8.INVALID) {
      throw wrong(first >= 0 ? "a control character stands in a text" : "a text is not in UTF-8");
    }
    return Utf8.width(character);
  }

  /** Reads on from the first backslash of a text. */
  private void unescape(int start, boolean lossy) throws FormatException {
    int length = at - start;
    room(0, length + 32);
    System.arraycopy(in, start, unescaped, 0, length);
    while (at < in.length) {
      byte b = in[at];
      if (b == '"') {
        at++;
        text = unescaped;
        from = 0;
        to = length;
        return;
      }
      if (b == '\\') {
        at++;
        room(length, 4);
        int character = escaped();
        if (character == 0xfffd && lossy) {
          unescaped[length++] = (byte) 0xff;
        } else {
          length = Utf8.encode(character, unescaped, length);
        }
      } else {
        int width = plainWidth(b);
        room(length, width);
        System.arraycopy(in, at, unescaped, length, width);
        length += width;
        at += width;
      }
    }
    throw wrong("a text does not end");
  }

  /** The character of an escape, of which the backslash is behind. */
  private int escaped() throws FormatException {
    int c = at < in.length ? in[at++] : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape is none that JSON has");
    };
  }

  private int unicode() throws FormatException {
    int first = fourDigits();
    if (!Utf8.isSurrogate(first)) {
      return first;
    }
    if (first < 0xdc00 && skipByte('\\') && skipByte('u')) {
      int second = fourDigits();
      if (second >= 0xdc00 && second < 0xe000) {
        return Character.toCodePoint((char) first, (char) second);
      }
    }
    throw wrong("a text holds half a surrogate pair");
  }

  private int fourDigits() throws FormatException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < in.length ? Hex.digit(in[at]) : -1;
      if (digit < 0) {
        throw wrong("four hex digits were expected");
      }
      value = value << 4 | digit;
      at++;
    }
    return value;
  }

  private void room(int length, int more) {
    if (unescaped.length - length < more) {
      int doubled = (int) Math.min(2L * (length + (long) more), Integer.MAX_VALUE - 8);
      unescaped = Arrays.copyOf(unescaped, Math.max(doubled, length + more));
    }
  }

  /** The last text that was read. */
  String string() {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}
