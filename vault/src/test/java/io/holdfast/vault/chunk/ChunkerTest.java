package io.holdfast.vault.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {
  private static final int MIN = Chunker.MIN_SIZE;
  private static final int MAX = Chunker.MAX_SIZE;
  private static final Polynomial POLYNOMIAL = Polynomial.parse("25b468838dcb75");

  private final Chunker chunker = new Chunker(POLYNOMIAL);

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Where all chunks end, the last one too. */
  private List<Integer> cuts(byte[] data) {
    var cuts = new ArrayList<Integer>();
    int from = 0;
    while (from < data.length) {
      int cut = chunker.cut(data, from, data.length);
      from = cut < 0 ? data.length : cut;
      cuts.add(from);
    }
    return cuts;
  }

  /** The same by the definition: bit by bit, without tables or lanes. */
  private static List<Integer> cutsByDefinition(byte[] data, long polynomial) {
    int degree = 63 - Long.numberOfLeadingZeros(polynomial);
    long leaving = 1; // what the lowest bit of a byte is worth when it has left the window
    for (int i = 0; i < 64 * 8; i++) {
      leaving = timesX(leaving, polynomial, degree);
    }
    var cuts = new ArrayList<Integer>();
    int from = 0;
    while (from < data.length) {
      int cut = Math.min(data.length, from + MAX);
      long print = 0;
      for (int i = from + MIN - 64; i < cut; i++) {
        for (int bit = 7; bit >= 0; bit--) {
          print = timesX(print, polynomial, degree) ^ ((data[i] >>> bit) & 1);
        }
        if (i >= from + MIN) {
          long left = leaving;
          for (int bit = 0; bit < 8; bit++) {
            print ^= ((data[i - 64] >>> bit) & 1) == 0 ? 0 : left;
            left = timesX(left, polynomial, degree);
          }
        }
        if (i >= from + MIN - 1 && (print & 0xfffff) == 0) {
          cut = i + 1;
        }
      }
      cuts.add(cut);
      from = cut;
    }
    return cuts;
  }

  private static long timesX(long value, long polynomial, int degree) {
    long shifted = value << 1;
    return ((shifted >>> degree) & 1) == 0 ? shifted : shifted ^ polynomial;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("random content is cut where the definition cuts it")
  void random(long seed) {
    byte[] data = random(seed, 12 << 20);
    assertThat(cuts(data)).isEqualTo(cutsByDefinition(data, POLYNOMIAL.bits()));
  }

  @Test
  @DisplayName("content of few different bytes, and of a repeated text, is cut by the definition")
  void dull() {
    byte[] few = random(4, 6 << 20);
    for (int i = 0; i < few.length; i++) {
      few[i] &= 3;
    }
    assertThat(cuts(few)).isEqualTo(cutsByDefinition(few, POLYNOMIAL.bits()));
    byte[] repeated = new byte[6 << 20];
    byte[] text = random(5, 100_003);
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = text[i % text.length];
    }
    assertThat(cuts(repeated)).isEqualTo(cutsByDefinition(repeated, POLYNOMIAL.bits()));
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 24, 31, 40, 52, 54, 56})
  @DisplayName("polynomials of other degrees cut by the definition too")
  void otherDegrees(int degree) {
    var random = new Random(degree);
    Polynomial polynomial;
    do {
      polynomial = new Polynomial((1L << degree) | random.nextLong(1L << degree));
    } while (!polynomial.isIrreducible());
    byte[] data = random(degree, 5 << 20);
    var cuts = new ArrayList<Integer>();
    var other = new Chunker(polynomial);
    for (int from = 0; from < data.length; from = cuts.getLast()) {
      int cut = other.cut(data, from, data.length);
      cuts.add(cut < 0 ? data.length : cut);
    }
    assertThat(cuts).isEqualTo(cutsByDefinition(data, polynomial.bits()));
  }

  @Test
  @DisplayName("zeros are cut at the smallest size, any other byte repeated at the largest")
  void repeatedBytes() {
    byte[] data = new byte[2 * MAX + 100];
    assertThat(chunker.cut(data, 0, data.length)).isEqualTo(MIN);
    assertThat(chunker.cut(data, 100, data.length)).isEqualTo(100 + MIN);
    Arrays.fill(data, (byte) 1);
    assertThat(chunker.cut(data, 0, data.length)).isEqualTo(MAX);
    assertThat(chunker.cut(data, 100, data.length)).isEqualTo(100 + MAX);
    assertThat(chunker.cut(data, 100, 100 + MAX)).isEqualTo(100 + MAX);
    assertThat(chunker.cut(data, 100, 99 + MAX)).isEqualTo(-1);
    assertThat(chunker.cut(data, 100, 99 + MAX, 100 + MAX)).isEqualTo(100 + MAX);
    assertThat(cuts(data)).containsExactly(MAX, 2 * MAX, 2 * MAX + 100);
  }

  @Test
  @DisplayName("less than the smallest size is not cut, just as much may be")
  void small() {
    byte[] zeros = new byte[MIN];
    assertThat(chunker.cut(zeros, 0, 0)).isEqualTo(-1);
    assertThat(chunker.cut(zeros, 0, MIN - 1)).isEqualTo(-1);
    assertThat(chunker.cut(zeros, 1, MIN)).isEqualTo(-1);
    assertThat(chunker.cut(zeros, 0, MIN)).isEqualTo(MIN);
    assertThat(cuts(new byte[0])).isEmpty();
    assertThat(cuts(new byte[1])).containsExactly(1);
  }

  /** Around the beginning, the lanes, their ends and the end of what is searched. */
  static IntStream places() {
    return IntStream.concat(
        IntStream.of(MIN + 2, MIN + 64, MIN + 4160, MIN + 2 * 4160, MIN + 3 * 4160, MIN + 6 * 4160)
            .flatMap(place -> IntStream.rangeClosed(place - 2, place + 2)),
        IntStream.concat(
            new Random(6).ints(40, MIN, MIN + 100_000),
            IntStream.of(MAX - 4161, MAX - 65, MAX - 64, MAX - 1, MAX)));
  }

  @ParameterizedTest
  @MethodSource("places")
  @DisplayName("a cut is found at whatever place it lies, and the first of several counts")
  void everyPlace(int place) {
    byte[] data = withCutAt(place);
    assertThat(chunker.cut(data, 0, data.length)).isEqualTo(place);
    assertThat(chunker.cut(data, 0, place)).isEqualTo(place);
    assertThat(chunker.cut(data, 0, place - 1)).isEqualTo(-1);
    for (int gap : new int[] {64, 100, 4160, 4161, 9000}) {
      byte[] twice = data.clone();
      int second = Math.min(place + gap, twice.length);
      Arrays.fill(twice, second - 64, second, (byte) 0);
      assertThat(chunker.cut(twice, 0, twice.length)).isEqualTo(place);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 100_000, MIN - 65, MIN - 1})
  @DisplayName("what would be a cut before the smallest size is none")
  void tooEarly(int place) {
    byte[] data = withCutAt(place);
    assertThat(chunker.cut(data, 0, data.length)).isEqualTo(MAX);
  }

  @Test
  @DisplayName("what would be a cut behind the largest size comes too late")
  void tooLate() {
    byte[] data = withCutAt(MAX + 1);
    assertThat(chunker.cut(data, 0, data.length)).isEqualTo(MAX);
    assertThat(chunker.cut(data, 1, data.length)).isEqualTo(MAX + 1);
  }

  /** A byte repeated is cut nowhere, and 64 zeros at their end. */
  private static byte[] withCutAt(int place) {
    byte[] data = new byte[MAX + 10];
    Arrays.fill(data, (byte) 1);
    Arrays.fill(data, place - 64, place, (byte) 0);
    return data;
  }

  @Test
  @DisplayName("content that arrives in pieces is cut as if it were there at once")
  void pieces() {
    byte[] data = random(7, 9 << 20);
    List<Integer> atOnce = cuts(data);
    var random = new Random(8);
    for (int most : new int[] {1 << 10, 100_000, 1 << 20}) {
      var cuts = new ArrayList<Integer>();
      int from = 0;
      int searched = 0;
      int to = 0;
      while (to < data.length) {
        to = Math.min(data.length, to + 1 + random.nextInt(most));
        int cut = chunker.cut(data, from, searched, to);
        while (cut >= 0) {
          cuts.add(cut);
          from = cut;
          cut = chunker.cut(data, from, to);
        }
        searched = to;
      }
      cuts.add(data.length);
      assertThat(cuts).isEqualTo(atOnce);
    }
  }

  @Test
  @DisplayName("pieces that end around a cut do not hide it")
  void piecesAroundACut() {
    byte[] data = random(9, 4 << 20);
    int cut = chunker.cut(data, 0, data.length);
    for (int searched = cut - 70; searched < cut; searched++) {
      assertThat(chunker.cut(data, 0, searched)).isEqualTo(-1);
      assertThat(chunker.cut(data, 0, searched, cut)).isEqualTo(cut);
      assertThat(chunker.cut(data, 0, searched, data.length)).isEqualTo(cut);
    }
  }

  @Test
  @DisplayName("where a chunk lies in an array does not matter, nor what lies around it")
  void position() {
    byte[] data = random(10, 4 << 20);
    int cut = chunker.cut(data, 0, data.length);
    byte[] moved = random(11, data.length + 12_345);
    System.arraycopy(data, 0, moved, 12_345, data.length);
    assertThat(chunker.cut(moved, 12_345, moved.length)).isEqualTo(cut + 12_345);
  }

  @Test
  @DisplayName("a byte inserted at the front moves the cuts and adds no more than a chunk or two")
  void synchronises() {
    byte[] data = random(12, 40 << 20);
    byte[] longer = new byte[data.length + 1];
    System.arraycopy(data, 0, longer, 1, data.length);
    List<Integer> before = cuts(data);
    List<Integer> after = cuts(longer).stream().map(cut -> cut - 1).toList();
    long same = before.stream().filter(after::contains).count();
    assertThat(same).isGreaterThan(before.size() / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "7ffff", "25b468838dcb74", "20000000000001", "200000000000001"})
  @DisplayName("polynomials that are reducible, or too small or large, are refused")
  void refuses(String hex) {
    Polynomial polynomial = Polynomial.parse(hex);
    assertThatIllegalArgumentException().isThrownBy(() -> new Chunker(polynomial));
  }

  @Test
  @DisplayName("places outside of the array are refused")
  void bounds() {
    byte[] data = new byte[MIN];
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> chunker.cut(data, 0, MIN + 1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> chunker.cut(data, -1, MIN));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> chunker.cut(data, 5, 4, MIN));
  }
}
