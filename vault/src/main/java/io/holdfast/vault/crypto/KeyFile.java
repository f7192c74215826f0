package io.holdfast.vault.crypto;

import io.holdfast.vault.crypto.KeyFileException.Reason;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A file below {@code keys/}: the master key of a vault, sealed by a password. There is one for
 * each password, and each opens the same vault. Immutable, so thread-safe.
 *
 * <p>A password is bytes: of a text, its UTF-8, not normalised. scrypt takes it as the key of an
 * HMAC, with the consequence that one of up to 64 bytes and the same one with NULs behind it are
 * the same password.
 */
public final class KeyFile {
  /** More than any key file has. */
  public static final int MOST_BYTES = 64 << 10;

  static final int SALT_BYTES = 64;

  private final Origin origin;
  private final ScryptParameters scrypt;
  private final byte[] salt;
  private final byte[] sealed;

  KeyFile(Origin origin, ScryptParameters scrypt, byte[] salt, byte[] sealed) {
    this.origin = origin;
    this.scrypt = scrypt;
    this.salt = salt;
    this.sealed = sealed;
  }

  /**
   * Who made a key file, where and when: what he says, which nobody checks.
   *
   * @param hostname empty where it is not known
   * @param username empty where it is not known
   * @param created empty where it is not known
   */
  public record Origin(String hostname, String username, Optional<Instant> created) {
    public Origin(String hostname, String username, Instant created) {
      this(hostname, username, Optional.of(created));
    }
  }

  /**
   * Seals a master key by a password. Takes the time and memory that the parameters stand for.
   *
   * @param password not kept; not empty
   */
  public static KeyFile create(
      MasterKey master,
      byte[] password,
      ScryptParameters scrypt,
      Origin origin,
      SecureRandom random) {
    if (password.length == 0) {
      throw new IllegalArgumentException("an empty password protects nothing");
    }
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    MasterKey key = scrypt.derive(password, salt);
    byte[] json = master.toJson();
    try {
      return new KeyFile(origin, scrypt, salt, new Sealer(key, random).seal(json));
    } finally {
      Arrays.fill(json, (byte) 0);
      key.destroy();
    }
  }

  /**
   * Reads a key file. No password is needed, and little time.
   *
   * @param json as it is stored
   * @throws KeyFileException if no password will open it here
   */
  public static KeyFile parse(byte[] json) throws KeyFileException {
    return KeyFileJson.read(json);
  }

  /** As it is stored, in UTF-8. The SHA-256 of these bytes is its name. */
  public byte[] toJson() {
    return KeyFileJson.write(origin, scrypt, salt, sealed);
  }

  /**
   * The master key, if this is the password. Takes the time and memory that {@link #scrypt} stands
   * for.
   *
   * @param password not kept
   * @return empty if it is not the password, or if somebody altered the file, which cannot be told
   *     apart
   * @throws KeyFileException {@code MALFORMED}, if the password is right and what it opens is no
   *     key
   */
  public Optional<MasterKey> open(byte[] password) throws KeyFileException {
    byte[] json;
    try {
      MasterKey key = scrypt.derive(password, salt);
      try {
        json = new Opener(key).open(sealed);
      } finally {
        key.destroy();
      }
    } catch (BrokenSealException wrong) {
      return Optional.empty();
    }
    try {
      return Optional.of(MasterKey.fromJson(json));
    } catch (IllegalArgumentException malformed) {
      throw new KeyFileException(
          Reason.MALFORMED, "what is sealed in the key file is no key", malformed);
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }

  public Origin origin() {
    return origin;
  }

  public ScryptParameters scrypt() {
    return scrypt;
  }

  @Override
  public String toString() {
    return "key of " + origin.username() + "@" + origin.hostname();
  }
}
