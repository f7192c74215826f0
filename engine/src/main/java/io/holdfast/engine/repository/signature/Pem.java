package io.holdfast.engine.repository.signature;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.Base64;

/** Keys as text (RFC 7468). */
final class Pem {
  private Pem() {}

  /**
   * The bytes between the lines that begin and end it; what stands before and after is passed over.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID}; the text is not quoted
   */
  static byte[] decode(String text, String label, String origin) {
    String begin = "-----BEGIN " + label + "-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END " + label + "-----");
    if (from >= 0 && to > from) {
      try {
        return Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
      } catch (IllegalArgumentException malformed) {
        // Told below, without its text.
      }
    }
    throw new HoldfastException(
        ErrorCode.CONFIGURATION_INVALID,
        origin + " holds no " + label + " in PEM",
        "Make one with: openssl genpkey -algorithm ed25519 -out signing.pem");
  }
}
