package io.holdfast.vault.s3;

import java.time.Instant;
import java.util.Optional;

/**
 * Who asks. In no text but {@link #secretAccessKey} and {@link #token}.
 *
 * @param accessKeyId the name of the key, which is no secret
 * @param secretAccessKey the key
 * @param token of a session, without which its key is worth nothing
 * @param expiry until when they count, if they expire
 */
record S3Credentials(
    String accessKeyId, String secretAccessKey, Optional<String> token, Optional<Instant> expiry) {

  /** Checks that they can be sent; no message repeats them. */
  S3Credentials {
    if (!isPrintable(accessKeyId) || !token.map(S3Credentials::isPrintable).orElse(true)) {
      throw new IllegalArgumentException(
          "an access key id and a session token are made of printable ASCII without spaces");
    }
    if (secretAccessKey.isEmpty()) {
      throw new IllegalArgumentException("the secret access key is empty");
    }
  }

  /** Without an end. */
  static S3Credentials lasting(String accessKeyId, String secretAccessKey, Optional<String> token) {
    return new S3Credentials(accessKeyId, secretAccessKey, token, Optional.empty());
  }

  private static boolean isPrintable(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  @Override
  public String toString() {
    return "S3Credentials[accessKeyId=" + accessKeyId + "]";
  }
}
