package io.holdfast.vault.crypto;

import java.security.SecureRandom;
import java.util.Random;

/** A source of randomness that yields the same for the same seed. */
final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1L;

  private final Random random;

  SeededRandom(long seed) {
    this.random = new Random(seed);
  }

  @Override
  public void nextBytes(byte[] bytes) {
    random.nextBytes(bytes);
  }

  /** So many bytes. */
  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    nextBytes(bytes);
    return bytes;
  }
}
