package io.holdfast.server.http;

import java.util.List;
import java.util.Locale;

/** Reads {@code Accept}. Pure. */
final class MediaTypes {
  private MediaTypes() {}

  /**
   * Whether one of these header values names a media type, with a weight above 0. A wildcard names
   * nothing.
   */
  static boolean accepts(List<String> acceptHeaders, String mediaType) {
    return acceptHeaders.stream()
        .flatMap(value -> List.of(value.split(",", -1)).stream())
        .map(range -> range.toLowerCase(Locale.ROOT).strip())
        .anyMatch(range -> names(range, mediaType));
  }

  private static boolean names(String range, String mediaType) {
    List<String> parts = List.of(range.split(";", -1));
    return parts.getFirst().strip().equals(mediaType)
        && parts.stream().skip(1).map(String::strip).noneMatch(MediaTypes::isZeroWeight);
  }

  private static boolean isZeroWeight(String parameter) {
    return parameter.matches("q\\s*=\\s*0(\\.0*)?");
  }
}
