package io.holdfast.server.target;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file, as the header {@code Range} asks for it (RFC 9110, section 14).
 *
 * @param first offset of the first byte
 * @param length bytes, 1 or more
 */
record ByteRange(long first, long length) {
  /** One range; numbers of more digits than any file has are cut off by the pattern. */
  private static final Pattern FORM =
      Pattern.compile("bytes *= *([0-9]{0,18}) *- *([0-9]{0,18}) *", Pattern.CASE_INSENSITIVE);

  /** What a header asks for. */
  sealed interface Asked {}

  /** A part that there is. */
  record Part(ByteRange range) implements Asked {}

  /** Everything; also what a header that is none, or asks for several parts, comes to. */
  record Whole() implements Asked {}

  /** A part that there is not. */
  record Beyond() implements Asked {}

  /**
   * Reads a header.
   *
   * @param size of the file, 0 or more
   */
  static Asked of(Optional<String> header, long size) {
    Matcher match = FORM.matcher(header.orElse("").strip());
    if (!match.matches()) {
      return new Whole();
    }
    String from = match.group(1);
    String to = match.group(2);
    if (from.isEmpty()) {
      return to.isEmpty() ? new Whole() : suffix(Long.parseLong(to), size);
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
    if (!to.isEmpty() && Long.parseLong(to) < first) {
      return new Whole();
    }
    return first >= size ? new Beyond() : new Part(new ByteRange(first, last - first + 1));
  }

  private static Asked suffix(long length, long size) {
    long some = Math.min(length, size);
    return some == 0 ? new Beyond() : new Part(new ByteRange(size - some, some));
  }

  /** The value of {@code Content-Range}. */
  String of(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
