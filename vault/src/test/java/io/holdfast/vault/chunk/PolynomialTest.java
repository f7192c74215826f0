package io.holdfast.vault.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashSet;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolynomialTest {
  @Test
  @DisplayName("irreducible are, up to degree 12, exactly those that no other one divides")
  void irreducible() {
    var reducible = new HashSet<Long>();
    for (long a = 2; a < 1 << 7; a++) {
      for (long b = 2; b < 1 << 12; b++) {
        reducible.add(product(a, b));
      }
    }
    for (long bits = 2; bits < 1 << 13; bits++) {
      assertThat(new Polynomial(bits).isIrreducible())
          .as(Long.toBinaryString(bits))
          .isEqualTo(!reducible.contains(bits));
    }
    assertThat(new Polynomial(1).isIrreducible()).as("1, which divides all").isFalse();
  }

  private static long product(long a, long b) {
    long product = 0;
    for (int i = 0; i < 32; i++) {
      if (((b >>> i) & 1) != 0) {
        product ^= a << i;
      }
    }
    return product;
  }

  @ParameterizedTest
  @DisplayName("known large ones are told apart")
  @CsvSource({
    "25b468838dcb75, true", // of the format's design document
    "3da3358b4dc173, true",
    "25b468838dcb74, false",
    "3fffffffffffff, false",
    "80000000000001b, false",
    "1000000000000001b, false",
  })
  void known(String hex, boolean irreducible) {
    if (hex.length() <= 16) {
      assertThat(Polynomial.parse(hex).isIrreducible()).isEqualTo(irreducible);
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> Polynomial.parse(hex));
    }
  }

  @Test
  @DisplayName("products of two irreducible ones of half the degree are found out")
  void products() {
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      long a = (1L << 26) | random.nextLong(1L << 26);
      long b = (1L << 27) | random.nextLong(1L << 27);
      assertThat(new Polynomial(product(a, b)).isIrreducible()).isFalse();
    }
  }

  @Test
  @DisplayName("random ones are irreducible, of degree 53, and differ")
  void random() {
    var random = new Random(2);
    var all = new HashSet<Polynomial>();
    for (int i = 0; i < 200; i++) {
      Polynomial polynomial = Polynomial.random(random);
      assertThat(polynomial.degree()).isEqualTo(53);
      assertThat(polynomial.isIrreducible()).isTrue();
      assertThat(Polynomial.parse(polynomial.toString())).isEqualTo(polynomial);
      all.add(polynomial);
    }
    assertThat(all).hasSize(200);
  }

  @Test
  @DisplayName("a source that yields the same for ever does not hang")
  void brokenRandomness() {
    RandomGenerator broken = () -> 0L; // x^53 + 1, of which x + 1 is a factor
    assertThatIllegalStateException().isThrownBy(() -> Polynomial.random(broken));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "+1",
        "0x1",
        " 1",
        "1 ",
        "g",
        "8000000000000000",
        "ffffffffffffffff"
      })
  @DisplayName("what is no polynomial of degree 0 to 62 is refused")
  void malformed(String hex) {
    assertThatIllegalArgumentException().isThrownBy(() -> Polynomial.parse(hex));
  }

  @Test
  @DisplayName("hex is written as a config has it, and read in either case")
  void text() {
    assertThat(new Polynomial(0x25b468838dcb75L)).hasToString("25b468838dcb75");
    assertThat(Polynomial.parse("0025B468838DCB75")).isEqualTo(new Polynomial(0x25b468838dcb75L));
    assertThat(new Polynomial(1).degree()).isZero();
    assertThat(new Polynomial(Long.MAX_VALUE).degree()).isEqualTo(62);
  }

  @Test
  @DisplayName("remainders and products are those of long division")
  void arithmetic() {
    var random = new Random(3);
    for (int degree = 1; degree <= 31; degree++) {
      var polynomial = new Polynomial((1L << degree) | random.nextLong(1L << degree));
      for (int i = 0; i < 50; i++) {
        long a = random.nextLong(1L << degree);
        long b = random.nextLong(1L << degree);
        assertThat(polynomial.multiply(a, b)).isEqualTo(polynomial.remainder(product(a, b)));
        long quotient = random.nextLong(1L << (62 - degree));
        assertThat(polynomial.remainder(wideProduct(quotient, polynomial.bits()) ^ a)).isEqualTo(a);
      }
    }
  }

  private static long wideProduct(long a, long b) {
    long product = 0;
    for (int i = 0; i < 63; i++) {
      if (((b >>> i) & 1) != 0) {
        product ^= a << i;
      }
    }
    return product;
  }
}
