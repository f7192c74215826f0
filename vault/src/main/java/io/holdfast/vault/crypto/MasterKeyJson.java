package io.holdfast.vault.crypto;

import io.avaje.json.JsonReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A master key as JSON: {@code {"mac":{"k":…,"r":…},"encrypt":…}}, each in base64. Written without
 * the library, which would keep copies.
 */
final class MasterKeyJson {
  private static final byte[] BEFORE_K = ascii("{\"mac\":{\"k\":\"");
  private static final byte[] BEFORE_R = ascii("\",\"r\":\"");
  private static final byte[] BEFORE_ENCRYPT = ascii("\"},\"encrypt\":\"");
  private static final byte[] AFTER = ascii("\"}");

  private static final int BYTES =
      BEFORE_K.length
          + digits(MasterKey.MAC_K_BYTES)
          + BEFORE_R.length
          + digits(MasterKey.MAC_R_BYTES)
          + BEFORE_ENCRYPT.length
          + digits(MasterKey.ENCRYPT_BYTES)
          + AFTER.length;

  private MasterKeyJson() {}

  /** The parts are overwritten. */
  static byte[] write(byte[] encrypt, byte[] macK, byte[] macR) {
    ByteBuffer json = ByteBuffer.allocate(BYTES);
    json.put(BEFORE_K);
    putBase64(json, macK);
    json.put(BEFORE_R);
    putBase64(json, macR);
    json.put(BEFORE_ENCRYPT);
    putBase64(json, encrypt);
    json.put(AFTER);
    return json.array();
  }

  private static void putBase64(ByteBuffer json, byte[] part) {
    byte[] encoded = Base64.getEncoder().encode(part);
    json.put(encoded);
    Arrays.fill(encoded, (byte) 0);
    Arrays.fill(part, (byte) 0);
  }

  static MasterKey read(byte[] json) {
    byte[] secret = new byte[MasterKey.BYTES];
    try {
      parse(json, secret);
      return new MasterKey(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static void parse(byte[] json, byte[] secret) {
    try {
      KeyJson.document(json, reader -> new Parts(reader, secret).read());
    } catch (RuntimeException malformed) {
      // Neither its text nor itself: both may quote what was read.
      throw new IllegalArgumentException("not a master key in JSON");
    }
  }

  /** Four digits for three bytes or a part of them. */
  private static int digits(int bytes) {
    return (bytes + 2) / 3 * 4;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private record Parts(JsonReader json, byte[] secret) {
    void read() {
      KeyJson.object(
          json,
          key ->
              switch (key) {
                case "encrypt" -> part(0, MasterKey.ENCRYPT_BYTES);
                case "mac" -> mac();
                default -> false;
              });
    }

    private boolean mac() {
      int k = MasterKey.ENCRYPT_BYTES;
      KeyJson.object(
          json,
          key ->
              switch (key) {
                case "k" -> part(k, MasterKey.MAC_K_BYTES);
                case "r" -> part(k + MasterKey.MAC_K_BYTES, MasterKey.MAC_R_BYTES);
                default -> false;
              });
      return true;
    }

    private boolean part(int offset, int length) {
      byte[] part = KeyJson.binary(json);
      if (part.length != length) {
        throw new IllegalArgumentException("not " + length + " bytes");
      }
      System.arraycopy(part, 0, secret, offset, length);
      Arrays.fill(part, (byte) 0);
      return true;
    }
  }
}
