package io.holdfast.vault.chunk;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A polynomial over GF(2), by which a vault cuts its content: field {@code chunker_polynomial} of
 * the config, in hex. Two vaults with the same one cut alike; it is not shown to strangers, who
 * could tell from the sizes of chunks what is in them.
 *
 * @param bits bit <i>i</i> is the coefficient of x<sup>i</sup>; above 0, so of degree 0 to 62
 */
public record Polynomial(long bits) {
  /** The degree of those that are made for new vaults. */
  public static final int DEGREE = 53;

  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{1,16}");

  /** One in 27 will do, so nobody with dice that work comes near. */
  private static final int TRIES = 1_000_000;

  private static final long X = 0b10;

  public Polynomial {
    if (bits <= 0) {
      throw new IllegalArgumentException(
          "not a polynomial of degree 0 to 62: " + Long.toHexString(bits));
    }
  }

  /**
   * One for a new vault: irreducible, of degree {@value #DEGREE}, each with the same probability.
   */
  public static Polynomial random(RandomGenerator random) {
    for (int i = 0; i < TRIES; i++) {
      // Without its lowest bit it could be divided by x.
      long low = (random.nextLong() & ((1L << DEGREE) - 1)) | 1;
      var candidate = new Polynomial((1L << DEGREE) | low);
      if (candidate.isIrreducible()) {
        return candidate;
      }
    }
    throw new IllegalStateException("the source of randomness yields no irreducible polynomial");
  }

  /**
   * Reads the text that is in a config.
   *
   * @throws IllegalArgumentException if it is not 1 to 16 hex digits, zero, or of degree 63
   */
  public static Polynomial parse(String hex) {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a polynomial in hex: " + hex);
    }
    return new Polynomial(Long.parseUnsignedLong(hex, 16));
  }

  /** The highest power of x. */
  public int degree() {
    return degree(bits);
  }

  /**
   * Whether it is no product of others: the test of Ben-Or. Modulo one that is reducible the
   * fingerprints of different windows would be alike more often than chance has it.
   */
  public boolean isIrreducible() {
    if (degree() == 0) {
      return false;
    }
    // x^(2^i) - x is the product of all irreducible polynomials whose degree divides i.
    long power = X;
    for (int i = 1; i <= degree() / 2; i++) {
      power = multiply(power, power);
      if (greatestCommonDivisor(bits, power ^ X) != 1) {
        return false;
      }
    }
    return true;
  }

  /** The remainder of another, given by its bits, divided by this one. */
  long remainder(long dividend) {
    return remainder(dividend, bits);
  }

  /** The product of two remainders, modulo this. */
  long multiply(long a, long b) {
    long top = Long.highestOneBit(bits);
    long product = 0;
    for (int i = degree() - 1; i >= 0; i--) {
      product <<= 1;
      if ((product & top) != 0) {
        product ^= bits;
      }
      if (((b >>> i) & 1) != 0) {
        product ^= a;
      }
    }
    return product;
  }

  /** Lowercase hex without leading zeros, as in a config. */
  @Override
  public String toString() {
    return Long.toHexString(bits);
  }

  private static long greatestCommonDivisor(long a, long b) {
    while (b != 0) {
      long remainder = remainder(a, b);
      a = b;
      b = remainder;
    }
    return a;
  }

  private static long remainder(long dividend, long divisor) {
    long rest = dividend;
    while (degree(rest) >= degree(divisor)) {
      rest ^= divisor << (degree(rest) - degree(divisor));
    }
    return rest;
  }

  /** -1 of zero. */
  private static int degree(long bits) {
    return 63 - Long.numberOfLeadingZeros(bits);
  }
}
