package io.holdfast.vault.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The MAC of the format: Poly1305 with the nonce, enciphered by AES-128, as its pad. For one
 * thread.
 *
 * @see <a href="https://cr.yp.to/mac/poly1305-20050329.pdf">Bernstein, The Poly1305-AES
 *     message-authentication code</a>
 */
final class Poly1305Aes {
  static final int MAC_BYTES = Poly1305.TAG_BYTES;
  static final int NONCE_BYTES = 16;

  private final Cipher aes;
  private final Poly1305 poly;
  private final byte[] pad = new byte[NONCE_BYTES];
  private final byte[] mac = new byte[MAC_BYTES];

  /**
   * @param k 16 bytes, which are overwritten
   * @param r 16 bytes, which are overwritten
   */
  Poly1305Aes(byte[] k, byte[] r) {
    try {
      this.aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(k, "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    } finally {
      Arrays.fill(k, (byte) 0);
    }
    this.poly = new Poly1305(r);
    Arrays.fill(r, (byte) 0);
  }

  /** Begins anew, with the nonce that lies in an array. */
  void start(byte[] nonce, int offset) {
    try {
      aes.update(nonce, offset, NONCE_BYTES, pad, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a block has room in a block", e);
    }
    poly.start(pad);
  }

  /** Goes on with a part of any length. */
  void update(byte[] message, int offset, int length) {
    poly.update(message, offset, length);
  }

  /** Writes the {@value #MAC_BYTES} bytes of the MAC. */
  void finish(byte[] target, int offset) {
    poly.finish(target, offset);
  }

  /** Whether the MAC is the one that lies in an array, found in the same time either way. */
  boolean finishedIs(byte[] expected, int offset) {
    poly.finish(mac, 0);
    return MessageDigest.isEqual(mac, Arrays.copyOfRange(expected, offset, offset + MAC_BYTES));
  }
}
