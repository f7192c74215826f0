package io.holdfast.vault.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests with version 4 of Amazon's signatures, in a header. Pure.
 *
 * @param region in which the bucket is
 * @param service {@code s3}, but for tests
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html">the
 *     signature, with the examples that the tests hold to</a>
 */
record Signature(String region, String service) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DATE = 8;

  /**
   * The headers of a request, {@code Authorization} among them.
   *
   * @param address with path and query as they are sent, encoded as {@link UriText} does, the query
   *     in ascending order of names
   * @param headers further headers that are sent and signed, by their names in lower case
   * @param bodySha256 of the body, in hexadecimal
   * @return all that is to be sent; without {@code Host}, which every client sends by itself
   */
  Map<String, String> sign(
      String method,
      URI address,
      Map<String, String> headers,
      String bodySha256,
      S3Credentials credentials,
      Instant now) {
    String time = TIME.format(now);
    SortedMap<String, String> signed = new TreeMap<>(headers);
    signed.put("x-amz-content-sha256", bodySha256);
    signed.put("x-amz-date", time);
    credentials.token().ifPresent(token -> signed.put("x-amz-security-token", token));
    Map<String, String> sent = new TreeMap<>(signed);
    signed.put("host", address.getRawAuthority());
    String names = String.join(";", signed.keySet());
    String canonical =
        String.join(
            "\n",
            method,
            address.getRawPath(),
            address.getRawQuery() == null ? "" : address.getRawQuery(),
            signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining()),
            names,
            bodySha256);
    String scope = time.substring(0, DATE) + "/" + region + "/" + service + "/aws4_request";
    String toSign =
        String.join("\n", ALGORITHM, time, scope, Sha256.hex(canonical.getBytes(UTF_8)));
    byte[] key = ("AWS4" + credentials.secretAccessKey()).getBytes(UTF_8);
    for (String step : scope.split("/", -1)) {
      key = hmac(key, step);
    }
    String signature = HexFormat.of().formatHex(hmac(key, toSign));
    sent.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + "/"
            + scope
            + ",SignedHeaders="
            + names
            + ",Signature="
            + signature);
    return sent;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
