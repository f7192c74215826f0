package io.holdfast.vault.format;

import io.holdfast.vault.format.json.JsonFields;
import io.holdfast.vault.format.json.JsonKeys;
import io.holdfast.vault.format.json.JsonReader;
import io.holdfast.vault.format.json.JsonWriter;
import java.util.regex.Pattern;

/**
 * The file {@code config}: what a vault is. Sealed like all others, never compressed.
 *
 * @param version of the format: 1 or 2
 * @param id 64 hex digits, random, by which the vault is known wherever it is kept
 * @param chunkerPolynomial by which large files are cut, as bits; whether it is irreducible is not
 *     looked at here
 */
public record Config(int version, String id, long chunkerPolynomial) {
  /** The oldest version that can be read. */
  public static final int OLDEST = 1;

  /** The newest version, which is written. */
  public static final int NEWEST = 2;

  private static final JsonKeys VERSION = JsonKeys.of("version");
  private static final JsonKeys KEYS = JsonKeys.of("version", "id", "chunker_polynomial");
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{64}");

  public Config {
    if (version < OLDEST || version > NEWEST) {
      throw new IllegalArgumentException("there is no version " + version + " of the format");
    }
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("the id of a vault is no 64 hex digits: " + id);
    }
  }

  /** The JSON of the file. */
  public byte[] encode() {
    return new JsonWriter(160)
        .beginObject()
        .name("version")
        .number(version)
        .name("id")
        .plain(id)
        .name("chunker_polynomial")
        .plain(Long.toHexString(chunkerPolynomial))
        .endObject()
        .toBytes();
  }

  /**
   * Reads the JSON of the file. The version is looked at before anything else, which may be other
   * than expected in a version that is not known.
   *
   * @throws UnsupportedVersionException if the version is newer than {@link #NEWEST}
   * @throws FormatException if it is malformed
   */
  public static Config decode(byte[] json) throws FormatException {
    int version = version(json);
    var reader = new JsonReader(json, "config");
    JsonFields fields = reader.fields(KEYS);
    String id = "";
    long polynomial = 0;
    for (String key = fields.next(); key != null; key = fields.next()) {
      switch (key) {
        case "id" -> id = reader.text();
        case "chunker_polynomial" -> polynomial = reader.parse(Config::polynomial);
        default -> reader.skip();
      }
    }
    try {
      return new Config(version, id, polynomial);
    } catch (IllegalArgumentException malformed) {
      throw new FormatException("config", String.valueOf(malformed.getMessage()), malformed);
    }
  }

  private static int version(byte[] json) throws FormatException {
    var reader = new JsonReader(json, "config");
    JsonFields fields = reader.fields(VERSION);
    long version = 0;
    while (fields.next() != null) {
      version = reader.unsigned(-1L);
    }
    reader.end();
    if (Long.compareUnsigned(version, NEWEST) > 0) {
      throw new UnsupportedVersionException("config", version, NEWEST);
    }
    return (int) version;
  }

  private static long polynomial(byte[] text, int from, int to) {
    if (to - from < 1 || to - from > 16) {
      throw new IllegalArgumentException("the polynomial is not 1 to 16 hex digits");
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        throw new IllegalArgumentException("the polynomial is not 1 to 16 hex digits");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
