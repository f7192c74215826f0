package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.file.FileTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One block of 512 bytes in the ustar format; what does not fit goes into pax records. */
final class UstarHeader {
  private static final int NAME = 100;
  private static final int LINK_AT = 157;
  private static final long MOST_IN_7 = 07777777;
  private static final long MOST_IN_11 = 077777777777L;

  private final byte[] block = new byte[TarHeader.BLOCK];
  private final PaxRecords pax;

  UstarHeader(byte[] path, Metadata metadata, char type, PaxRecords pax) {
    this.pax = pax;
    text(0, NAME, path, "path");
    octal(100, 7, metadata.mode());
    owner(108, metadata.uid(), "uid");
    owner(116, metadata.gid(), "gid");
    octal(124, 11, 0);
    time(metadata.modified());
    block[156] = (byte) type;
    ascii(257, "ustar");
    ascii(263, "00");
    octal(329, 7, 0);
    octal(337, 7, 0);
    metadata.attributes().forEach((name, value) -> pax.add(attributeKey(name.toBytes()), value));
  }

  void size(long size) {
    if (size > MOST_IN_11) {
      pax.add("size", Long.toString(size));
    } else {
      octal(124, 11, size);
    }
  }

  void link(byte[] target) {
    text(LINK_AT, NAME, target, "linkpath");
  }

  void device(long major, long minor) {
    octal(329, 7, Math.min(major, MOST_IN_7));
    octal(337, 7, Math.min(minor, MOST_IN_7));
  }

  /** The finished block, with its checksum. */
  byte[] bytes() {
    java.util.Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    octal(148, 6, sum);
    block[154] = 0;
    return block;
  }

  private void text(int at, int room, byte[] bytes, String key) {
    System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, room));
    if (bytes.length > room || !isAscii(bytes)) {
      pax.add(key, bytes);
    }
  }

  private void owner(int at, long number, String key) {
    if (number > MOST_IN_7) {
      pax.add(key, Long.toString(number));
      octal(at, 7, 0);
    } else {
      octal(at, 7, number);
    }
  }

  private void time(FileTime time) {
    boolean fits = time.seconds() >= 0 && time.seconds() <= MOST_IN_11;
    octal(136, 11, fits ? time.seconds() : 0);
    if (!fits || time.nanos() != 0) {
      pax.add("mtime", decimal(time));
    }
  }

  /** Nanoseconds count forward also before 1970, decimal fractions away from zero. */
  static String decimal(FileTime time) {
    if (time.nanos() == 0) {
      return Long.toString(time.seconds());
    }
    boolean before = time.seconds() < 0;
    long whole = before ? -(time.seconds() + 1) : time.seconds();
    // One more digit than needed keeps the leading zeros.
    int fraction = 1_000_000_000 + (before ? 1_000_000_000 - time.nanos() : time.nanos());
    return (before ? "-" : "") + whole + "." + Integer.toString(fraction).substring(1);
  }

  /** GNU tar writes {@code =} and {@code %} in names of attributes like this. */
  private static byte[] attributeKey(byte[] name) {
    var key = new ByteArrayOutputStream();
    key.writeBytes("SCHILY.xattr.".getBytes(StandardCharsets.US_ASCII));
    for (byte b : name) {
      switch (b) {
        case '=' -> key.writeBytes("%3D".getBytes(StandardCharsets.US_ASCII));
        case '%' -> key.writeBytes("%25".getBytes(StandardCharsets.US_ASCII));
        default -> key.write(b);
      }
    }
    return key.toByteArray();
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private void octal(int at, int digits, long number) {
    long left = number;
    for (int i = digits - 1; i >= 0; i--) {
      block[at + i] = (byte) ('0' + (left & 7));
      left >>>= 3;
    }
  }

  private void ascii(int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
