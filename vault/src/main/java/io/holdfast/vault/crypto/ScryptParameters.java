package io.holdfast.vault.crypto;

import java.util.Arrays;

/**
 * What scrypt (RFC 7914) is asked to spend on a password.
 *
 * @param n cost in memory and time, {@code N}: a power of two from 2
 * @param r size of a block in 128 bytes, from 1
 * @param p how often it is done, from 1
 */
public record ScryptParameters(int n, int r, int p) {
  /**
   * For new keys: 32 MiB, and about half a second in a JVM that has just started. restic chooses
   * the same (N=32768, r=8) and a p of 4 to 8 by a stopwatch, which to somebody who guesses with
   * hardware of his own costs as much. This is fixed: with a stopwatch, a machine that was busy or
   * a JVM that was cold would have a weak key for ever.
   */
  public static final ScryptParameters DEFAULT = new ScryptParameters(1 << 15, 8, 4);

  /** 128 MiB, which is what rustic asks for; restic never asks for more than 60. */
  private static final long MOST_MEMORY = 128L << 20;

  /** 128-byte blocks mixed, each twice: some ten times what restic chooses. */
  private static final long MOST_WORK = 1L << 24;

  /** Blocks that are there at once besides. */
  private static final long MOST_BLOCKS = 1L << 16;

  public ScryptParameters {
    if (!isScrypt(n, r, p)) {
      throw new IllegalArgumentException("no parameters of scrypt: " + text(n, r, p));
    }
    if (!isBearable(n, r, p)) {
      throw new IllegalArgumentException("scrypt with " + text(n, r, p) + " takes too much");
    }
  }

  /** Whether RFC 7914 knows them. */
  static boolean isScrypt(long n, long r, long p) {
    return n >= 2
        && Long.bitCount(n) == 1
        && r >= 1
        && p >= 1
        // N < 2^(128 * r / 8), which only r = 1 can break.
        && (r > 1 || n < 1 << 16);
  }

  /**
   * Whether somebody who only wants a key would ask for as much. Whoever can write into a vault
   * must not be able to exhaust the memory or the patience of whoever opens it.
   */
  static boolean isBearable(long n, long r, long p) {
    return n <= MOST_WORK
        && r <= MOST_BLOCKS
        && p <= MOST_BLOCKS
        && r * p <= MOST_BLOCKS
        && 128 * n * r <= MOST_MEMORY
        && n * r * p <= MOST_WORK;
  }

  static String text(long n, long r, long p) {
    return "N=" + n + ", r=" + r + ", p=" + p;
  }

  /** The key that a password stands for. */
  MasterKey derive(byte[] password, byte[] salt) {
    byte[] derived = new Scrypt(this).derive(password, salt, MasterKey.BYTES);
    try {
      return new MasterKey(derived);
    } finally {
      Arrays.fill(derived, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return text(n, r, p);
  }
}
