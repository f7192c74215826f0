package io.holdfast.cli.remote;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A path of the API with its query.
 *
 * @param text ready for a URL
 */
record ApiPath(String text) {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /**
   * What lies below the API.
   *
   * @param segments names of any characters but {@code .}, {@code ..} and nothing, which would lead
   *     elsewhere
   * @throws HoldfastException {@code USAGE} for one of those
   */
  static ApiPath of(String... segments) {
    return new ApiPath(
        "/api/v1" + Arrays.stream(segments).map(ApiPath::segment).collect(Collectors.joining()));
  }

  /** The same with one more parameter. */
  ApiPath with(String name, String value) {
    return new ApiPath(text + (text.contains("?") ? "&" : "?") + name + "=" + encode(value));
  }

  private static String segment(String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      throw new HoldfastException(ErrorCode.USAGE, "'" + segment + "' is no name", "");
    }
    return "/" + encode(segment);
  }

  /** See RFC 3986; what is not unreserved is written in percent. */
  private static String encode(String text) {
    var encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isUnreserved(b)) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte b) {
    return UNRESERVED.indexOf(b) >= 0;
  }
}
