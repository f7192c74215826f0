package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScryptParametersTest {
  @ParameterizedTest
  @DisplayName("the vectors of RFC 7914 come out")
  @CsvSource({
    "'', '', 16, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
    "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    "pleaseletmein, SodiumChloride, 16384, 8, 1,"
        + "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
  })
  void vectors(String password, String salt, int n, int r, int p, String expected) {
    MasterKey key = new ScryptParameters(n, r, p).derive(bytes(password), bytes(salt));
    byte[] derived = HexFormat.of().parseHex(expected);
    Poly1305.mask(derived, 48);
    assertThat(key.toJson()).isEqualTo(new MasterKey(derived).toJson());
  }

  @ParameterizedTest
  @DisplayName("another implementation derives the same")
  @CsvSource({"2, 1, 1", "4, 3, 2", "1024, 8, 5", "32768, 8, 4", "65536, 8, 1", "16, 1, 129"})
  void oracle(int n, int r, int p) {
    byte[] salt = bytes("grains of salt " + p);
    for (String password : new String[] {"", "p", "secret".repeat(40)}) {
      assertThat(new Scrypt(new ScryptParameters(n, r, p)).derive(bytes(password), salt, 65))
          .isEqualTo(SCrypt.generate(bytes(password), salt, n, r, p, 65));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @DisplayName("what scrypt does not know is refused")
  @CsvSource({
    "0, 8, 1",
    "1, 8, 1",
    "3, 8, 1",
    "32767, 8, 1",
    "-2147483648, 8, 1",
    "16, 0, 1",
    "16, -1, 1",
    "16, 8, 0",
    "16, 8, -1",
    "65536, 1, 1",
  })
  void unknown(int n, int r, int p) {
    assertThat(ScryptParameters.isScrypt(n, r, p)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new ScryptParameters(n, r, p));
  }

  @ParameterizedTest
  @DisplayName("what no honest key takes, in memory or in time, is refused")
  @CsvSource({
    "262144, 8, 1", // 256 MiB
    "131072, 9, 1",
    "32768, 8, 65", // 17 million blocks
    "2, 65537, 1",
    "2, 1, 65537",
    "2, 300, 300",
    "2, 2147483647, 2147483647",
    "1073741824, 2147483647, 2147483647",
  })
  void unbearable(int n, int r, int p) {
    assertThat(ScryptParameters.isScrypt(n, r, p)).isTrue();
    assertThat(ScryptParameters.isBearable(n, r, p)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new ScryptParameters(n, r, p));
  }

  @Test
  @DisplayName("no numbers of 64 bits overflow into what is bearable")
  void overflow() {
    long huge = 1L << 62;
    for (long n : new long[] {2, 1L << 16, 1L << 32, huge}) {
      for (long r : new long[] {8, 1L << 16, 1L << 32, huge, Long.MAX_VALUE}) {
        for (long p : new long[] {1L << 16, 1L << 32, huge, Long.MAX_VALUE}) {
          assertThat(ScryptParameters.isBearable(n, r, p)).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @DisplayName("what restic and rustic choose is accepted, and what is chosen for new keys")
  @CsvSource({"32768, 8, 5", "32768, 8, 20", "16384, 8, 1", "65536, 8, 1", "131072, 8, 1"})
  void bearable(int n, int r, int p) {
    assertThat(new ScryptParameters(n, r, p)).hasToString("N=" + n + ", r=" + r + ", p=" + p);
    assertThat(ScryptParameters.DEFAULT.n()).isGreaterThanOrEqualTo(32768);
  }
}
