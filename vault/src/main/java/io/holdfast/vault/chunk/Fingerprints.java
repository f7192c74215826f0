package io.holdfast.vault.chunk;

/**
 * Finds windows of 64 bytes by their fingerprint, as Rabin defined it: the bytes as the
 * coefficients of a polynomial over GF(2), the first byte first, modulo the polynomial of the
 * vault. Immutable, so thread-safe.
 *
 * <p>The fingerprint of a window follows from the one before it by two tables: what the top byte is
 * worth that is shifted out, and what the byte is worth that leaves the window. Each step has to
 * wait for the one before, for longer than its own work takes; so three places far from each other
 * are searched at once. That was two and a half times as fast as one, and faster than two or four.
 */
final class Fingerprints {
  /** Bytes in a window. */
  static final int WINDOW = 64;

  private static final int LANES = 3;

  /** Long enough that the 64 bytes at its beginning, which are read twice, do not matter. */
  private static final int LONGEST_LANE = 65 * WINDOW;

  private static final int SHORTEST_LANE = 4 * WINDOW;

  private final long[] overflow = new long[256];
  private final long[] leaving = new long[256];
  private final int shift;
  private final long mask;

  /**
   * @param polynomial of a degree of 8 to 56: a byte more must fit into a long
   * @param mask the bits that are all zero in a fingerprint that is looked for
   */
  Fingerprints(Polynomial polynomial, long mask) {
    int degree = polynomial.degree();
    this.shift = degree - Byte.SIZE;
    this.mask = mask;
    long beyond = 0b10; // x, and then the power of x that a bit has when it leaves the window
    for (int bits = 1; bits < WINDOW * Byte.SIZE; bits *= 2) {
      beyond = polynomial.multiply(beyond, beyond);
    }
    for (int b = 0; b < 256; b++) {
      long above = (long) b << degree;
      // Removes the bits above the degree, and adds what they are worth.
      overflow[b] = above ^ polynomial.remainder(above);
      leaving[b] = polynomial.multiply(b, beyond);
    }
  }

  /**
   * The first place behind which a fingerprint that is looked for ends.
   *
   * @param after at least {@value #WINDOW}; the search begins with the window that ends one later
   * @param last where the last window ends that is searched
   * @return where the window ends, in {@code (after, last]}; -1 if there is none
   */
  int search(byte[] data, int after, int last) {
    int done = after;
    while (last - done >= LANES * SHORTEST_LANE) {
      int lane = Math.min(LONGEST_LANE, (last - done) / LANES);
      int before = searchLanes(data, done, lane);
      if (before >= 0) {
        return firstOfLanes(data, done, lane, before);
      }
      done += LANES * lane;
    }
    return searchOne(data, done, last);
  }

  /** One lane found something, but what a lane before it would still find comes first. */
  private int firstOfLanes(byte[] data, int from, int lane, int before) {
    for (int start = 0; start < LANES * lane; start += lane) {
      int found = searchOne(data, before + start, from + start + lane);
      if (found >= 0) {
        return found;
      }
    }
    throw new IllegalStateException("found in three lanes and in none");
  }

  private int searchOne(byte[] data, int after, int last) {
    long print = at(data, after);
    for (int i = after; i < last; i++) {
      print =
          ((print << 8) | (data[i] & 0xff))
              ^ overflow[(int) (print >>> shift)]
              ^ leaving[data[i - WINDOW] & 0xff];
      if ((print & mask) == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /** Where the first lane stands, without the step that found something in one of them; or -1. */
  private int searchLanes(byte[] data, int from, int lane) {
    // Locals, for the compiler does not trust a field to stay as it is.
    long[] over = overflow;
    long[] left = leaving;
    int drop = shift;
    long zero = mask;
    long a = at(data, from);
    long b = at(data, from + lane);
    long c = at(data, from + 2 * lane);
    for (int i = from; i < from + lane; i++) {
      int j = i + lane;
      int k = i + 2 * lane;
      a = ((a << 8) | (data[i] & 0xff)) ^ over[(int) (a >>> drop)] ^ left[data[i - WINDOW] & 0xff];
      b = ((b << 8) | (data[j] & 0xff)) ^ over[(int) (b >>> drop)] ^ left[data[j - WINDOW] & 0xff];
      c = ((c << 8) | (data[k] & 0xff)) ^ over[(int) (c >>> drop)] ^ left[data[k - WINDOW] & 0xff];
      if ((a & zero) == 0 || (b & zero) == 0 || (c & zero) == 0) {
        return i;
      }
    }
    return -1;
  }

  /** The fingerprint of the window that ends at a place. */
  private long at(byte[] data, int end) {
    long print = 0;
    for (int i = end - WINDOW; i < end; i++) {
      print = ((print << 8) | (data[i] & 0xff)) ^ overflow[(int) (print >>> shift)];
    }
    return print;
  }
}
