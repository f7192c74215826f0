package io.holdfast.server.http.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Goes through a document token by token, and takes what RFC 8259 allows and nothing else. Used by
 * one thread.
 */
final class JsonCursor {
  /** What {@link #peek} answers at the end. Cannot begin a token. */
  static final char END = '\0';

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  /** More digits than any number has that somebody means. */
  private static final int LONGEST_NUMBER = 64;

  private static final String ESCAPED = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t";

  private final String text;
  private int at;

  /**
   * @throws JsonFault if it is no UTF-8
   */
  JsonCursor(byte[] utf8) {
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new JsonFault("The body is no valid UTF-8");
    }
  }

  /** The first character of the next token, which stays; {@link #END} behind the last. */
  char peek() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : END;
  }

  /** Takes the next token if it is this character. */
  boolean take(char wanted) {
    if (peek() != wanted || at == text.length()) {
      return false;
    }
    at++;
    return true;
  }

  /** Takes the next token, which has to be this character. */
  void expect(char wanted) {
    if (!take(wanted)) {
      throw malformed("'" + wanted + "' is missing");
    }
  }

  /** Takes a word such as {@code true}. */
  void word(String word) {
    peek();
    if (!text.startsWith(word, at)) {
      throw malformed("this is no value");
    }
    at += word.length();
  }

  /** Takes a number, as it is written. */
  String number() {
    peek();
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw malformed("this is no value");
    }
    if (number.end() - at > LONGEST_NUMBER) {
      throw malformed("the number is too long");
    }
    at = number.end();
    return number.group();
  }

  /** Takes a string, and returns what it means. */
  String string() {
    expect('"');
    var meant = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return wellFormed(meant.toString());
      }
      if (c < ' ') {
        throw malformed("a control character has to be escaped");
      }
      meant.append(c == '\\' ? escape() : c);
    }
  }

  /** Nothing may follow. */
  void end() {
    peek();
    if (at < text.length()) {
      throw malformed("something follows the document");
    }
  }

  int position() {
    return at;
  }

  String since(int position) {
    return text.substring(position, at);
  }

  JsonFault malformed(String what) {
    return new JsonFault("The body is no valid JSON: at character " + (at + 1) + " " + what);
  }

  private char next() {
    if (at == text.length()) {
      throw malformed("a string does not end");
    }
    return text.charAt(at++);
  }

  private char escape() {
    char c = next();
    if (c == 'u') {
      int end = at + 4;
      if (end > text.length() || !text.substring(at, end).chars().allMatch(HexFormat::isHexDigit)) {
        throw malformed("an escape is not complete");
      }
      char unit = (char) HexFormat.fromHexDigits(text, at, end);
      at = end;
      return unit;
    }
    int known = ESCAPED.indexOf(c);
    if (known < 0) {
      throw malformed("there is no such escape");
    }
    return MEANT.charAt(known);
  }

  /** Half of a surrogate pair is no character, and could not be written again. */
  private String wellFormed(String string) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
      throw malformed("an escape means no character");
    }
    return string;
  }
}
