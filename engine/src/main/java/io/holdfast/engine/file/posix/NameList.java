package io.holdfast.engine.file.posix;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * The names of a directory, sorted by unsigned bytes, packed into few arrays: an array of its own
 * for each name would more than double the memory of a directory of a million files.
 *
 * <p>Names lie one after another, each behind a byte of its length, in chunks that they never
 * straddle; a position is the number of the chunk and the offset in it.
 */
final class NameList extends AbstractList<byte[]> implements RandomAccess {
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK_BYTES = 1 << CHUNK_BITS;

  private final byte[][] chunks;
  private final int[] positions;

  private NameList(byte[][] chunks, int[] positions) {
    this.chunks = chunks;
    this.positions = positions;
  }

  @Override
  public byte[] get(int index) {
    int position = positions[index];
    byte[] chunk = chunks[position >>> CHUNK_BITS];
    int at = position & CHUNK_BYTES - 1;
    return Arrays.copyOfRange(chunk, at + 1, at + 1 + (chunk[at] & 0xff));
  }

  @Override
  public int size() {
    return positions.length;
  }

  private int compare(int left, int right) {
    byte[] a = chunks[left >>> CHUNK_BITS];
    byte[] b = chunks[right >>> CHUNK_BITS];
    int i = left & CHUNK_BYTES - 1;
    int j = right & CHUNK_BYTES - 1;
    return Arrays.compareUnsigned(a, i + 1, i + 1 + (a[i] & 0xff), b, j + 1, j + 1 + (b[j] & 0xff));
  }

  /** Merges runs of doubling length; the JDK sorts no ints by a rule of one's own. */
  private void sort() {
    int size = positions.length;
    int[] from = positions.clone();
    for (int run = 1; run < size; run *= 2) {
      for (int start = 0; start < size; start += 2 * run) {
        merge(from, positions, start, Math.min(start + run, size), run);
      }
      System.arraycopy(positions, 0, from, 0, size);
    }
  }

  private void merge(int[] from, int[] to, int start, int middle, int run) {
    int end = Math.min(middle + run, from.length);
    int left = start;
    int right = middle;
    for (int at = start; at < end; at++) {
      boolean takeLeft = right >= end || (left < middle && compare(from[left], from[right]) <= 0);
      to[at] = takeLeft ? from[left++] : from[right++];
    }
  }

  /** Collects names in any order. For one thread. */
  static final class Builder {
    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] chunk = {};
    private int used;
    private int[] positions = new int[16];
    private int size;

    /** Room for a name of this length, which is to be filled at {@link #offset}. */
    byte[] room(int length) {
      if (length > 255) {
        throw new IllegalArgumentException("a name of " + length + " bytes");
      }
      if (used + 1 + length > chunk.length) {
        // The first chunk is small, since most directories are.
        chunk = new byte[chunks.isEmpty() ? 1024 : CHUNK_BYTES];
        chunks.add(chunk);
        used = 0;
      }
      if (size == positions.length) {
        positions = Arrays.copyOf(positions, size * 2);
      }
      positions[size++] = ((chunks.size() - 1) << CHUNK_BITS) | used;
      chunk[used] = (byte) length;
      used += 1 + length;
      return chunk;
    }

    /** Where in the last {@link #room} the name goes. */
    int offset() {
      return (positions[size - 1] & CHUNK_BYTES - 1) + 1;
    }

    List<byte[]> build() {
      var list = new NameList(chunks.toArray(byte[][]::new), Arrays.copyOf(positions, size));
      list.sort();
      return list;
    }
  }
}
