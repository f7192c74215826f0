package io.holdfast.engine.repository.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A line as {@code sha256sum} writes and checks it.
 *
 * <p>{@code <64 hex digits> SP SP <name> LF}; where the name holds a backslash, a newline or a
 * carriage return, these are written {@code \\}, {@code \n} and {@code \r}, and the line begins
 * with a backslash.
 */
public final class ChecksumLine {
  private ChecksumLine() {}

  public static byte[] of(String sha256, byte[] name) {
    var line = new ByteArrayOutputStream(name.length + 72);
    if (needsEscape(name)) {
      line.write('\\');
    }
    line.writeBytes(sha256.getBytes(StandardCharsets.US_ASCII));
    line.write(' ');
    line.write(' ');
    for (byte b : name) {
      switch (b) {
        case '\\' -> line.writeBytes(new byte[] {'\\', '\\'});
        case '\n' -> line.writeBytes(new byte[] {'\\', 'n'});
        case '\r' -> line.writeBytes(new byte[] {'\\', 'r'});
        default -> line.write(b);
      }
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static boolean needsEscape(byte[] name) {
    for (byte b : name) {
      if (b == '\\' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }
}
