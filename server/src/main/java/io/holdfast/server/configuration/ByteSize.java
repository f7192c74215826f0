package io.holdfast.server.configuration;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it. Pure. */
final class ByteSize {
  /** The rule in words, for messages. */
  static final String IN_WORDS = "a whole number and a unit: 500MiB, 200GiB, 4TiB";

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,5})(MiB|GiB|TiB)");

  private ByteSize() {}

  /** The bytes, 1 MiB or more; empty if it is none. */
  static OptionalLong parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      return OptionalLong.empty();
    }
    int shift =
        switch (match.group(2)) {
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 40;
        };
    return OptionalLong.of(Long.parseLong(match.group(1)) << shift);
  }
}
