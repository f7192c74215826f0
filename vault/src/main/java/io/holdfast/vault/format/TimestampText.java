package io.holdfast.vault.format;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * The text of times as Go's {@code time.Time} marshals it. There are three in every node of a tree,
 * so this avoids the general machinery of {@code java.time.format}.
 */
final class TimestampText {
  private TimestampText() {}

  static String write(Timestamp time) {
    byte[] text = new byte[Timestamp.LONGEST];
    return new String(text, 0, write(time, text, 0), StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes a time.
   *
   * @return how many bytes it took
   */
  static int write(Timestamp time, byte[] text, int start) {
    long local = time.seconds() + time.offsetMinutes() * 60L;
    var date = LocalDate.ofEpochDay(Math.floorDiv(local, Timestamp.DAY));
    int second = Math.floorMod(local, Timestamp.DAY);
    int at = digits(date.getYear(), text, start, 4);
    text[at] = '-';
    at = digits(date.getMonthValue(), text, at + 1, 2);
    text[at] = '-';
    at = digits(date.getDayOfMonth(), text, at + 1, 2);
    text[at] = 'T';
    at = digits(second / 3600, text, at + 1, 2);
    text[at] = ':';
    at = digits(second / 60 % 60, text, at + 1, 2);
    text[at] = ':';
    at = digits(second % 60, text, at + 1, 2);
    if (time.nanos() > 0) {
      text[at] = '.';
      at = digits(time.nanos(), text, at + 1, 9);
      while (text[at - 1] == '0') {
        at--;
      }
    }
    return offset(time.offsetMinutes(), text, at) - start;
  }

  private static int offset(int minutes, byte[] text, int at) {
    if (minutes == 0) {
      text[at] = 'Z';
      return at + 1;
    }
    text[at] = (byte) (minutes < 0 ? '-' : '+');
    at = digits(Math.abs(minutes) / 60, text, at + 1, 2);
    text[at] = ':';
    return digits(Math.abs(minutes) % 60, text, at + 1, 2);
  }

  /** Answers where the next byte goes. */
  private static int digits(int value, byte[] text, int at, int count) {
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    return at + count;
  }

  static Timestamp parse(byte[] text, int from, int to) {
    if (to - from < 20
        || text[from + 4] != '-'
        || text[from + 7] != '-'
        || text[from + 10] != 'T'
        || text[from + 13] != ':'
        || text[from + 16] != ':') {
      throw malformed();
    }
    int hour = number(text, from + 11, 2);
    int minute = number(text, from + 14, 2);
    int second = number(text, from + 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      throw malformed();
    }
    long day = day(number(text, from, 4), number(text, from + 5, 2), number(text, from + 8, 2));
    int at = from + 19;
    int nanos = 0;
    if (text[at] == '.') {
      int first = ++at;
      int unit = 100_000_000;
      while (at < to && isDigit(text[at])) {
        nanos += (text[at++] - '0') * unit;
        unit /= 10;
      }
      if (at == first) {
        throw malformed();
      }
    }
    int offset = offset(text, at, to);
    long local = day * Timestamp.DAY + hour * 3600L + minute * 60L + second;
    return new Timestamp(local - offset * 60L, nanos, offset);
  }

  private static long day(int year, int month, int day) {
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException noSuchDay) {
      throw new IllegalArgumentException("there is no such day in a time", noSuchDay);
    }
  }

  private static int offset(byte[] text, int at, int to) {
    if (to - at == 1 && text[at] == 'Z') {
      return 0;
    }
    boolean behind = at < to && text[at] == '-';
    if (to - at != 6 || (!behind && text[at] != '+') || text[at + 3] != ':') {
      throw malformed();
    }
    int hours = number(text, at + 1, 2);
    int minutes = number(text, at + 4, 2);
    if (hours > 23 || minutes > 59) {
      throw malformed();
    }
    return (behind ? -1 : 1) * (hours * 60 + minutes);
  }

  private static int number(byte[] text, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      if (!isDigit(text[i])) {
        throw malformed();
      }
      value = value * 10 + text[i] - '0';
    }
    return value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("a time is not in the form of RFC 3339");
  }
}
