package io.holdfast.vault.format.json;

/** Lowercase hex digits in bytes. */
final class Hex {
  private Hex() {}

  /** The value of a digit, in either case; -1 if it is none. */
  static int digit(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /**
   * Reads lowercase digits.
   *
   * @param count how many bytes are expected
   * @return false if there are more or fewer digits than that, or others
   */
  static boolean decode(byte[] text, int from, int to, byte[] target, int offset, int count) {
    if (to - from != 2 * count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int high = lower(text[from + 2 * i]);
      int low = lower(text[from + 2 * i + 1]);
      if ((high | low) < 0) {
        return false;
      }
      target[offset + i] = (byte) (high << 4 | low);
    }
    return true;
  }

  private static int lower(int c) {
    return c >= 'A' && c <= 'F' ? -1 : digit(c);
  }
}
