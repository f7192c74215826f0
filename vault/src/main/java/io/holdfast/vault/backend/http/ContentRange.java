package io.holdfast.vault.backend.http;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Which part of a file a server sent (RFC 9110, section 14.4).
 *
 * @param from offset of the first byte
 * @param total size of the file; empty if the server does not tell
 */
record ContentRange(long from, OptionalLong total) {
  /** Of an empty file, rclone sends the range {@code 0--1/0}. */
  private static final Pattern FORM =
      Pattern.compile("bytes ([0-9]{1,18})--?[0-9]{1,18}/([0-9]{1,18}|\\*)");

  /** The value of the header; empty if it is none. */
  static Optional<ContentRange> parse(String value) {
    var match = FORM.matcher(value.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    OptionalLong total =
        match.group(2).equals("*")
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(match.group(2)));
    return Optional.of(new ContentRange(Long.parseLong(match.group(1)), total));
  }
}
