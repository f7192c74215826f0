package io.holdfast.vault.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;

/**
 * Seals bytes: {@code IV || ciphertext || MAC}, with AES-256 in counter mode and Poly1305-AES of
 * the ciphertext. The IV is the nonce of both.
 *
 * <p>For one thread at a time; a thread that seals much keeps its own. The source of randomness may
 * be shared by all.
 */
public final class Sealer {
  /** Bytes that a seal adds. */
  public static final int OVERHEAD = SliceCipher.IV_BYTES + Poly1305Aes.MAC_BYTES;

  /** Where a plain text has to begin to be sealed in place to the beginning of its array. */
  public static final int IN_PLACE = SliceCipher.IV_BYTES;

  private final SecureRandom random;
  private final SliceCipher cipher;
  private final Poly1305Aes mac;
  private final byte[] iv = new byte[SliceCipher.IV_BYTES];

  /**
   * @param random of which each seal takes 16 bytes, which costs a fifth of a microsecond. If it
   *     ever yielded the same twice, what they sealed could be read: so nothing of it is kept in
   *     store, which a copy of a running machine would have as well
   */
  public Sealer(MasterKey key, SecureRandom random) {
    this.random = random;
    this.cipher = new SliceCipher(key.encrypt());
    this.mac = new Poly1305Aes(key.macK(), key.macR());
  }

  /** Seals all of an array. */
  public byte[] seal(byte[] plain) {
    byte[] sealed = new byte[Math.addExact(plain.length, OVERHEAD)];
    seal(plain, 0, plain.length, sealed, 0);
    return sealed;
  }

  /**
   * Seals a part of an array into another one, or in place.
   *
   * @param length 0 or more
   * @param target gets {@code length + }{@value #OVERHEAD} bytes. May be {@code plain} itself if
   *     the ciphertext falls on the plain text, which is when {@code targetOffset} is 16 less than
   *     {@code offset}; must not overlap it otherwise
   * @return how many bytes were written
   * @throws IndexOutOfBoundsException if there is no room
   */
  public int seal(byte[] plain, int offset, int length, byte[] target, int targetOffset) {
    Objects.checkFromIndexSize(offset, length, plain.length);
    int sealed = Math.addExact(length, OVERHEAD);
    Objects.checkFromIndexSize(targetOffset, sealed, target.length);
    int body = targetOffset + SliceCipher.IV_BYTES;
    Overlap.check(plain, offset, length, target, targetOffset, sealed, body == offset);

    freshIv();
    System.arraycopy(iv, 0, target, targetOffset, iv.length);
    cipher.start(iv, 0);
    mac.start(iv, 0);
    for (int done = 0; done < length; ) {
      int slice = Math.min(length - done, SliceCipher.SLICE);
      cipher.apply(plain, offset + done, slice, target, body + done);
      // At once, while it is in the processor's cache.
      mac.update(target, body + done, slice);
      done += slice;
    }
    mac.finish(target, body + length);
    return sealed;
  }

  private void freshIv() {
    random.nextBytes(iv);
    // No reader takes it, so this would be lost; and a source that yields it is none.
    if (Arrays.equals(iv, new byte[iv.length])) {
      throw new IllegalStateException("the source of randomness yields zeros");
    }
  }
}
