package io.holdfast.vault.crypto;

import java.util.Objects;

/**
 * Opens what a {@link Sealer} with the same key has sealed, or another program of the format. For
 * one thread at a time; a thread that opens much keeps its own.
 */
public final class Opener {
  private final SliceCipher cipher;
  private final Poly1305Aes mac;

  public Opener(MasterKey key) {
    this.cipher = new SliceCipher(key.encrypt());
    this.mac = new Poly1305Aes(key.macK(), key.macR());
  }

  /**
   * Opens all of an array.
   *
   * @throws BrokenSealException if it is not what this key has sealed
   */
  public byte[] open(byte[] sealed) throws BrokenSealException {
    byte[] plain = new byte[Math.max(0, sealed.length - Sealer.OVERHEAD)];
    open(sealed, 0, sealed.length, plain, 0);
    return plain;
  }

  /**
   * Opens a part of an array into another one, or in place. Nothing is deciphered, and nothing
   * written, before the MAC of all of it was found to match.
   *
   * @param length of what is sealed
   * @param target gets {@link Sealer#OVERHEAD} bytes less than that. May be {@code sealed} itself
   *     if the plain text falls on the ciphertext, which is when {@code targetOffset} is 16 more
   *     than {@code offset}; must not overlap it otherwise
   * @return how many bytes were written
   * @throws BrokenSealException if it is not what this key has sealed
   * @throws IndexOutOfBoundsException if there is no room
   */
  public int open(byte[] sealed, int offset, int length, byte[] target, int targetOffset)
      throws BrokenSealException {
    Objects.checkFromIndexSize(offset, length, sealed.length);
    int plain = length - Sealer.OVERHEAD;
    if (plain < 0) {
      throw new BrokenSealException();
    }
    Objects.checkFromIndexSize(targetOffset, plain, target.length);
    int body = offset + SliceCipher.IV_BYTES;
    Overlap.check(sealed, offset, length, target, targetOffset, plain, body == targetOffset);

    mac.start(sealed, offset);
    mac.update(sealed, body, plain);
    if (!mac.finishedIs(sealed, body + plain) | isZero(sealed, offset)) {
      throw new BrokenSealException();
    }
    cipher.start(sealed, offset);
    for (int done = 0; done < plain; ) {
      int slice = Math.min(plain - done, SliceCipher.SLICE);
      cipher.apply(sealed, body + done, slice, target, targetOffset + done);
      done += slice;
    }
    return plain;
  }

  /** An IV that no writer uses, and that other readers refuse. */
  private static boolean isZero(byte[] sealed, int offset) {
    int any = 0;
    for (int i = offset; i < offset + SliceCipher.IV_BYTES; i++) {
      any |= sealed[i];
    }
    return any == 0;
  }
}
