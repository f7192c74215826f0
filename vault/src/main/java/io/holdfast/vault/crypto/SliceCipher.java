package io.holdfast.vault.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256 in counter mode, which is its own reverse. For one thread.
 *
 * <p>The JDK's cipher is given slices: its loop only becomes a fast one once it was called some
 * thousand times, and until then it runs at a tenth of the speed or less, however much each call
 * brings.
 */
final class SliceCipher {
  static final int IV_BYTES = 16;

  /**
   * With slices of 2 KiB, sealing comes to 1.4 GB/s within 64 MiB; with 16 KiB it takes 250 MiB,
   * with 64 KiB a GiB. Once it is there, none is faster than another.
   */
  static final int SLICE = 2 << 10;

  private final Cipher cipher;
  private final SecretKeySpec key;

  /**
   * @param key 32 bytes, which are overwritten
   */
  SliceCipher(byte[] key) {
    try {
      this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
      this.key = new SecretKeySpec(key, "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** Begins anew, with the counter that lies in an array. */
  void start(byte[] iv, int offset) {
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv, offset, IV_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES takes any counter", e);
    }
  }

  /**
   * Goes on with at most a slice.
   *
   * @param target may be the source, at the same place
   */
  void apply(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    try {
      int done = cipher.update(source, offset, length, target, targetOffset);
      if (done != length) {
        throw new IllegalStateException("AES kept " + (length - done) + " bytes back");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the caller has checked the sizes", e);
    }
  }
}
