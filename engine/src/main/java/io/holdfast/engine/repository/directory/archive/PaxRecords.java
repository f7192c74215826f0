package io.holdfast.engine.repository.directory.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The records of a pax extended header: {@code <length> SP <key>=<value> LF}, in order. */
final class PaxRecords {
  private final ByteArrayOutputStream records = new ByteArrayOutputStream(0);

  void add(String key, String value) {
    add(key, value.getBytes(StandardCharsets.US_ASCII));
  }

  void add(String key, byte[] value) {
    add(key.getBytes(StandardCharsets.US_ASCII), value);
  }

  void add(byte[] key, byte[] value) {
    // The length counts its own digits.
    int rest = key.length + value.length + 3;
    int length = rest + digits(rest);
    if (digits(length) > digits(rest)) {
      length = rest + digits(length);
    }
    records.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
    records.write(' ');
    records.writeBytes(key);
    records.write('=');
    records.writeBytes(value);
    records.write('\n');
  }

  byte[] bytes() {
    return records.toByteArray();
  }

  private static int digits(int number) {
    return Integer.toString(number).length();
  }
}
