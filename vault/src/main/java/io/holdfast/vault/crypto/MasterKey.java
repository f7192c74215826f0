package io.holdfast.vault.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * What everything in a vault is sealed with: a key for AES-256 and one for Poly1305-AES, which
 * itself has the parts <i>k</i> (for AES-128) and <i>r</i>. The keys that scrypt makes of
 * passwords, which seal nothing but this one, have the same form.
 *
 * <p>Never shown: {@link #toString} holds nothing of it. {@link #destroy} overwrites it; copies
 * that a cipher or a JSON reader made go when the collector comes. Thread-safe.
 */
public final class MasterKey implements Destroyable {
  static final int ENCRYPT_BYTES = 32;
  static final int MAC_K_BYTES = 16;
  static final int MAC_R_BYTES = 16;

  /** All three, in this order, as scrypt derives them. */
  static final int BYTES = ENCRYPT_BYTES + MAC_K_BYTES + MAC_R_BYTES;

  private final byte[] secret;
  private boolean destroyed;

  /**
   * @param secret {@link #BYTES} bytes, which are copied
   * @throws IllegalArgumentException if one of its parts is all zeros, which no key is
   */
  MasterKey(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("a key has " + BYTES + " bytes, not " + secret.length);
    }
    this.secret = secret.clone();
    Poly1305.mask(this.secret, ENCRYPT_BYTES + MAC_K_BYTES);
    require(0, ENCRYPT_BYTES);
    require(ENCRYPT_BYTES, MAC_K_BYTES);
    require(ENCRYPT_BYTES + MAC_K_BYTES, MAC_R_BYTES);
  }

  /** A key for a new vault. */
  public static MasterKey random(SecureRandom random) {
    byte[] secret = new byte[BYTES];
    try {
      random.nextBytes(secret);
      return new MasterKey(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * Reads the JSON that is sealed in a key file. Keys that it does not know are passed over.
   *
   * @throws IllegalArgumentException if it is anything else; the text holds nothing of the key
   */
  public static MasterKey fromJson(byte[] json) {
    return MasterKeyJson.read(json);
  }

  /**
   * As it is sealed in a key file: UTF-8, no spaces, ready to be overwritten.
   *
   * @throws IllegalStateException if it was destroyed
   */
  public byte[] toJson() {
    return MasterKeyJson.write(encrypt(), macK(), macR());
  }

  /** A copy of the key for AES-256. */
  byte[] encrypt() {
    return part(0, ENCRYPT_BYTES);
  }

  /** A copy of the key for AES-128, which makes a pad for each MAC. */
  byte[] macK() {
    return part(ENCRYPT_BYTES, MAC_K_BYTES);
  }

  /** A copy of the point at which Poly1305 evaluates, masked. */
  byte[] macR() {
    return part(ENCRYPT_BYTES + MAC_K_BYTES, MAC_R_BYTES);
  }

  private synchronized byte[] part(int offset, int length) {
    if (destroyed) {
      throw new IllegalStateException("the key was destroyed");
    }
    return Arrays.copyOfRange(secret, offset, offset + length);
  }

  private void require(int offset, int length) {
    int any = 0;
    for (int i = offset; i < offset + length; i++) {
      any |= secret[i];
    }
    if (any == 0) {
      throw new IllegalArgumentException("a part of the key is all zeros");
    }
  }

  /** Overwrites it. Sealers that were made of it go on working. */
  @Override
  public synchronized void destroy() {
    Arrays.fill(secret, (byte) 0);
    destroyed = true;
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  /** Without anything secret. */
  @Override
  public String toString() {
    return "master key";
  }
}
