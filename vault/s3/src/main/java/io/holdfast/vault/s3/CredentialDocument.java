package io.holdfast.vault.s3;

import io.avaje.json.JsonReader;
import io.avaje.json.stream.JsonStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads credentials from a JSON object with {@code AccessKeyId}, {@code SecretAccessKey}, {@code
 * SessionToken} or {@code Token}, and {@code Expiration}: what services and programs of Amazon give
 * out. Pure.
 */
final class CredentialDocument {
  private static final JsonStream JSON = JsonStream.builder().build();

  private CredentialDocument() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they are none; without any of it in the message
   */
  static S3Credentials parse(byte[] document) {
    Map<String, String> texts = new HashMap<>();
    try (JsonReader json = JSON.reader(document)) {
      json.beginObject();
      while (json.hasNextField()) {
        String name = json.nextField();
        if (json.currentToken() == JsonReader.Token.STRING) {
          texts.put(name, json.readString());
        } else {
          json.skipValue();
        }
      }
      json.endObject();
    } catch (RuntimeException hidden) {
      throw new IllegalArgumentException("what is there is no JSON object");
    }
    String id = texts.getOrDefault("AccessKeyId", "");
    String secret = texts.getOrDefault("SecretAccessKey", "");
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IllegalArgumentException("AccessKeyId and SecretAccessKey are not there");
    }
    Optional<String> token =
        Optional.ofNullable(texts.get("SessionToken"))
            .or(() -> Optional.ofNullable(texts.get("Token")))
            .filter(text -> !text.isEmpty());
    return new S3Credentials(
        id,
        secret,
        token,
        Optional.ofNullable(texts.get("Expiration")).map(CredentialDocument::instant));
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException hidden) {
      throw new IllegalArgumentException("Expiration is no time");
    }
  }
}
