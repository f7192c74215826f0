package io.holdfast.vault.chunk;

import java.util.Objects;

/**
 * Says where to cut content into chunks, at exactly the places where restic does.
 *
 * <p>A chunk ends as soon as it has {@link #MIN_SIZE} bytes and the fingerprint of its last 64 has
 * twenty zero bits at its end, and at the latest when it has {@link #MAX_SIZE}. So on random
 * content it has {@code MIN_SIZE} and 1 MiB on the average, and on one byte repeated one of the two
 * limits. The last chunk is what remains, of any size but zero; empty content has none.
 *
 * <p>It knows tables and no content: the caller holds the bytes of a chunk, and nothing is copied.
 * Immutable, so any number of threads may use one.
 */
public final class Chunker {
  /** No chunk is smaller but the last. */
  public static final int MIN_SIZE = 512 << 10;

  /** No chunk is larger. */
  public static final int MAX_SIZE = 8 << 20;

  private static final int ZERO_BITS = 20;

  /** Below it there are not as many bits as are tested; above it a byte more overflows a long. */
  private static final int LEAST_DEGREE = ZERO_BITS;

  private static final int MOST_DEGREE = Long.SIZE - Byte.SIZE;

  private final Fingerprints fingerprints;

  /**
   * @throws IllegalArgumentException if the polynomial is reducible, which restic refuses too, or
   *     of a degree below 20 or above 56
   */
  public Chunker(Polynomial polynomial) {
    if (polynomial.degree() < LEAST_DEGREE || polynomial.degree() > MOST_DEGREE) {
      throw new IllegalArgumentException(
          "a polynomial of degree " + polynomial.degree() + " cannot cut");
    }
    if (!polynomial.isIrreducible()) {
      throw new IllegalArgumentException("a reducible polynomial cannot cut");
    }
    this.fingerprints = new Fingerprints(polynomial, (1L << ZERO_BITS) - 1);
  }

  /**
   * Where the chunk ends that begins at a place.
   *
   * @param from where it begins: the beginning of the content, or where the chunk before ends
   * @param to where the bytes end that are there
   * @return where the next chunk begins, in {@code (from, to]}; -1 if these bytes do not tell,
   *     which {@link #MAX_SIZE} of them always do. At the end of the content they are the last
   *     chunk
   */
  public int cut(byte[] data, int from, int to) {
    return cut(data, from, from, to);
  }

  /**
   * The same, when there are more bytes than the last time.
   *
   * @param searched where the bytes ended then, when the answer was -1: what was searched is not
   *     searched again
   */
  public int cut(byte[] data, int from, int searched, int to) {
    Objects.checkFromToIndex(from, to, data.length);
    Objects.checkFromToIndex(from, searched, to);
    if (to - from < MIN_SIZE) {
      return -1;
    }
    boolean full = to - from >= MAX_SIZE;
    int last = full ? from + MAX_SIZE : to;
    int after = Math.max(from + MIN_SIZE - 1, searched);
    int found = after < last ? fingerprints.search(data, after, last) : -1;
    return found < 0 && full ? last : found;
  }
}
