package io.holdfast.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes {@code Content-Disposition} (RFC 6266). Pure. */
final class ContentDisposition {
  /** What RFC 8187 lets stand unencoded, besides letters and digits. */
  private static final String UNENCODED = "!#$&+-.^_`|~";

  private static final int LONGEST = 200;

  private ContentDisposition() {}

  /**
   * Tells a browser to save what follows under a name. Whatever could lead out of the directory
   * that it saves to, or out of the header, becomes {@code _}.
   */
  static String attachment(String fileName) {
    String safe = safe(fileName);
    String ascii = safe.replaceAll("[^\\x20-\\x7e]", "_").replaceAll("[\"\\\\%]", "_");
    String header = "attachment; filename=\"" + ascii + "\"";
    return ascii.equals(safe) ? header : header + "; filename*=UTF-8''" + encoded(safe);
  }

  private static String safe(String fileName) {
    var safe = new StringBuilder();
    fileName
        .codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) || c == '/' || c == '\\' || c == ':' ? '_' : c)
        // Half a surrogate pair, and marks that turn the direction of text around, deceive readers.
        .map(c -> isDeceptive(c) ? '_' : c)
        .forEach(safe::appendCodePoint);
    String name = safe.toString().strip();
    return name.isEmpty() || name.startsWith(".") ? "_" + name : name;
  }

  private static boolean isDeceptive(int c) {
    int type = Character.getType(c);
    return type == Character.SURROGATE || type == Character.FORMAT;
  }

  private static String encoded(String name) {
    var text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && Character.isLetterOrDigit(c);
      if (plain || UNENCODED.indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return text.toString();
  }
}
