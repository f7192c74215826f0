package io.holdfast.vault.format.json;

/**
 * UTF-8 as Go sees it: a byte that begins no valid sequence is wrong by itself, and the next byte
 * is looked at afresh. Encodings that are longer than need be, of surrogates, or beyond U+10FFFF
 * are not valid.
 */
public final class Utf8 {
  /** What {@link #decode} answers for a byte that begins no character. */
  public static final int INVALID = -1;

  private Utf8() {}

  /**
   * The character that begins at a place, or {@link #INVALID}, which concerns one byte.
   *
   * @param end where the text ends; more than {@code at}
   */
  public static int decode(byte[] text, int at, int end) {
    int first = text[at] & 0xff;
    if (first < 0x80) {
      return first;
    }
    if (first < 0xc2 || first > 0xf4) {
      return INVALID;
    }
    int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    if (end - at <= more) {
      return INVALID;
    }
    int character = first & (0x3f >> more);
    for (int i = 1; i <= more; i++) {
      int next = text[at + i];
      if ((next & 0xc0) != 0x80) {
        return INVALID;
      }
      character = character << 6 | (next & 0x3f);
    }
    boolean tooLong = character < (more == 2 ? 0x800 : more == 3 ? 0x10000 : 0x80);
    return tooLong || isSurrogate(character) || character > 0x10ffff ? INVALID : character;
  }

  /** How many bytes a character takes; 1 for {@link #INVALID}. */
  public static int width(int character) {
    return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
  }

  /**
   * Writes a character.
   *
   * @return where the next byte goes
   */
  public static int encode(int character, byte[] target, int at) {
    if (character < 0x80) {
      target[at++] = (byte) character;
    } else if (character < 0x800) {
      target[at++] = (byte) (0xc0 | character >> 6);
      target[at++] = (byte) (0x80 | (character & 0x3f));
    } else if (character < 0x10000) {
      target[at++] = (byte) (0xe0 | character >> 12);
      target[at++] = (byte) (0x80 | (character >> 6 & 0x3f));
      target[at++] = (byte) (0x80 | (character & 0x3f));
    } else {
      target[at++] = (byte) (0xf0 | character >> 18);
      target[at++] = (byte) (0x80 | (character >> 12 & 0x3f));
      target[at++] = (byte) (0x80 | (character >> 6 & 0x3f));
      target[at++] = (byte) (0x80 | (character & 0x3f));
    }
    return at;
  }

  /** Whether bytes are text from end to end. */
  public static boolean isValid(byte[] text) {
    int at = 0;
    while (at < text.length) {
      int character = decode(text, at, text.length);
      if (character == INVALID) {
        return false;
      }
      at += width(character);
    }
    return true;
  }

  /** Half of a pair, which is no character. */
  public static boolean isSurrogate(int character) {
    return character >= 0xd800 && character < 0xe000;
  }
}
