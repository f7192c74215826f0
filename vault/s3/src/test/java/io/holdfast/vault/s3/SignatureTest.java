package io.holdfast.vault.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples that Amazon publishes with the description of its signature. */
class SignatureTest {
  private static final String BUCKET = "https://examplebucket.s3.amazonaws.com";
  private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
  private static final S3Credentials EXAMPLE =
      S3Credentials.lasting(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", Optional.empty());

  private static String signature(
      String method, String path, Map<String, String> headers, String bodySha256) {
    String authorization =
        new Signature("us-east-1", "s3")
            .sign(method, URI.create(BUCKET + path), headers, bodySha256, EXAMPLE, NOW)
            .get("authorization");
    assertThat(authorization)
        .startsWith(
            "AWS4-HMAC-SHA256"
                + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,");
    return authorization.substring(authorization.lastIndexOf('=') + 1);
  }

  @Test
  @DisplayName("a part of an object")
  void part() {
    assertThat(signature("GET", "/test.txt", Map.of("range", "bytes=0-9"), Sha256.EMPTY))
        .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  @DisplayName("an object, with a name that is encoded")
  void put() {
    assertThat(
            signature(
                "PUT",
                "/" + UriText.encodePath("test$file.text"),
                Map.of(
                    "date",
                    "Fri, 24 May 2013 00:00:00 GMT",
                    "x-amz-storage-class",
                    "REDUCED_REDUNDANCY"),
                Sha256.hex("Welcome to Amazon S3.".getBytes(StandardCharsets.US_ASCII))))
        .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  @DisplayName("a query without a value, and one with two")
  void queries() {
    assertThat(signature("GET", "/?lifecycle=", Map.of(), Sha256.EMPTY))
        .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    assertThat(signature("GET", "/?max-keys=2&prefix=J", Map.of(), Sha256.EMPTY))
        .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  @DisplayName("the token of a session is sent and signed; the secret is not sent")
  void session() {
    var session =
        S3Credentials.lasting("AKIAIOSFODNN7EXAMPLE", "the secret", Optional.of("the-token"));
    Map<String, String> sent =
        new Signature("us-east-1", "s3")
            .sign("GET", URI.create(BUCKET + "/x"), Map.of(), Sha256.EMPTY, session, NOW);
    assertThat(sent).containsEntry("x-amz-security-token", "the-token").doesNotContainKey("host");
    assertThat(sent.get("authorization"))
        .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
    assertThat(sent.toString() + session).doesNotContain("the secret");
    assertThat(session.toString()).doesNotContain("the-token");
  }

  @Test
  @DisplayName("whatever is not plain is encoded as its UTF-8")
  void encoding() {
    assertThat(UriText.encodePath("a b/ü+~.-_/%")).isEqualTo("a%20b/%C3%BC%2B~.-_/%25");
    assertThat(UriText.encode("a/b=c")).isEqualTo("a%2Fb%3Dc");
  }
}
