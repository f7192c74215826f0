package io.holdfast.cli.remote;

import java.util.regex.Pattern;

/** What the program prints, without what differs between two runs of the same command. */
final class Normal {
  private Normal() {}

  static String of(String text) {
    return replace(
        text,
        "\\r?\u001b\\[[0-9]+A\u001b\\[J",
        "",
        "(?m)^prepare\n",
        "",
        "\\d{8}-\\d{6}-\\d{6}",
        "RUN",
        "\\b[0-9a-f]{64}\\b",
        "SHA",
        "\\b[0-9a-f]{12}\\b",
        "BACKUP",
        "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z",
        "TIME",
        "\\b[0-9.]+ (ms|s) ago",
        "AGE",
        "\\b[0-9.]+ (ms|s)\\b",
        "TIME",
        "\"stored_bytes\":\\d+",
        "\"stored_bytes\":N",
        " +",
        " ");
  }

  private static String replace(String text, String... rules) {
    String normal = text;
    for (int i = 0; i < rules.length; i += 2) {
      normal = Pattern.compile(rules[i]).matcher(normal).replaceAll(rules[i + 1]);
    }
    return normal;
  }
}
