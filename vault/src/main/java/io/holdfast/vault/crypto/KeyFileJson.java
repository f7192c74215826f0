package io.holdfast.vault.crypto;

import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import io.holdfast.engine.manifest.StrictJson;
import io.holdfast.vault.crypto.KeyFile.Origin;
import io.holdfast.vault.crypto.KeyFileException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key file as JSON: {@code created}, {@code username}, {@code hostname}, {@code kdf} (always
 * {@code scrypt}), {@code N}, {@code r}, {@code p}, {@code salt} and {@code data}, the last two in
 * base64. The first three may be missing, as they are where rustic does not know them.
 */
final class KeyFileJson {
  private static final String KDF = "scrypt";
  private static final List<String> REQUIRED = List.of("N", "r", "p", "salt", "data");

  private final Set<String> found = new HashSet<>();
  private String kdf = "";
  private String created = "";
  private String username = "";
  private String hostname = "";
  private long n;
  private long r;
  private long p;
  private byte[] salt = {};
  private byte[] data = {};

  private KeyFileJson() {}

  static byte[] write(Origin origin, ScryptParameters scrypt, byte[] salt, byte[] data) {
    var out = new ByteArrayOutputStream(512);
    try (JsonWriter json = KeyJson.STREAM.writer((OutputStream) out)) {
      json.beginObject();
      origin.created().ifPresent(instant -> text(json, "created", instant.toString()));
      text(json, "username", origin.username());
      text(json, "hostname", origin.hostname());
      text(json, "kdf", KDF);
      number(json, "N", scrypt.n());
      number(json, "r", scrypt.r());
      number(json, "p", scrypt.p());
      text(json, "salt", Base64.getEncoder().encodeToString(salt));
      text(json, "data", Base64.getEncoder().encodeToString(data));
      json.endObject();
    }
    return out.toByteArray();
  }

  static KeyFile read(byte[] json) throws KeyFileException {
    if (json.length > KeyFile.MOST_BYTES) {
      throw malformed("it has " + json.length + " bytes", null);
    }
    var file = new KeyFileJson();
    try {
      KeyJson.document(json, reader -> KeyJson.object(reader, key -> file.field(reader, key)));
    } catch (RuntimeException e) {
      // The library throws several kinds of its own.
      throw malformed(String.valueOf(e.getMessage()), e);
    }
    return file.checked();
  }

  private boolean field(JsonReader json, String key) {
    switch (key) {
      case "kdf" -> kdf = StrictJson.text(json);
      case "created" -> created = KeyJson.optionalText(json);
      case "username" -> username = KeyJson.optionalText(json);
      case "hostname" -> hostname = KeyJson.optionalText(json);
      case "N" -> n = KeyJson.number(json);
      case "r" -> r = KeyJson.number(json);
      case "p" -> p = KeyJson.number(json);
      case "salt" -> salt = KeyJson.binary(json);
      case "data" -> data = KeyJson.binary(json);
      default -> {
        return false;
      }
    }
    found.add(key);
    return true;
  }

  private KeyFile checked() throws KeyFileException {
    if (!found.contains("kdf")) {
      throw malformed("key \"kdf\" is missing", null);
    }
    // First of all: one of another derivation has no need of the other keys.
    if (!kdf.equals(KDF)) {
      throw new KeyFileException(
          Reason.UNSUPPORTED, "the key file wants the derivation \"" + kdf + "\", not " + KDF);
    }
    for (String key : REQUIRED) {
      if (!found.contains(key)) {
        throw malformed("key \"" + key + "\" is missing", null);
      }
    }
    if (salt.length != KeyFile.SALT_BYTES) {
      throw malformed("its salt has " + salt.length + " bytes", null);
    }
    if (data.length < Sealer.OVERHEAD) {
      throw malformed("its data has " + data.length + " bytes", null);
    }
    return new KeyFile(new Origin(hostname, username, instant()), scrypt(), salt, data);
  }

  private ScryptParameters scrypt() throws KeyFileException {
    String text = ScryptParameters.text(n, r, p);
    if (!ScryptParameters.isScrypt(n, r, p)) {
      throw new KeyFileException(Reason.UNSUPPORTED, "no scrypt has the parameters " + text);
    }
    if (!ScryptParameters.isBearable(n, r, p)) {
      throw new KeyFileException(
          Reason.TOO_COSTLY, "scrypt with " + text + " would take more than any honest key");
    }
    return new ScryptParameters((int) n, (int) r, (int) p);
  }

  private Optional<Instant> instant() throws KeyFileException {
    try {
      return created.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(created).toInstant());
    } catch (DateTimeException e) {
      throw malformed("its time is \"" + created + "\"", e);
    }
  }

  private static void text(JsonWriter json, String key, String value) {
    json.name(key);
    json.value(value);
  }

  private static void number(JsonWriter json, String key, long value) {
    json.name(key);
    json.value(value);
  }

  private static KeyFileException malformed(
      String what, @org.jspecify.annotations.Nullable Throwable cause) {
    return new KeyFileException(Reason.MALFORMED, "not a key file: " + what, cause);
  }
}
