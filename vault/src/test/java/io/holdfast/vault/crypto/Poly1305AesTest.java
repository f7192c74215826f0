package io.holdfast.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Poly1305AesTest {
  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  @ParameterizedTest
  @DisplayName("the vectors of the paper of Poly1305-AES come out")
  @CsvSource({
    "f3f6, 851fc40c3467ac0be05cc20404f3f700, ec074c835580741701425b623235add6,"
        + "fb447350c4e868c52ac3275cf9d4327e, f4c633c3044fc145f84f335cb81953de",
    "'', a0f3080000f46400d0c7e9076c834403, 75deaa25c09f208e1dc4ce6b5cad3fbf,"
        + "61ee09218d29b0aaed7e154a2c5509cc, dd3fab2251f11ac759f0887129cc2ee7",
    "663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136,"
        + "48443d0bb0d21109c89a100b5ce2c208, 6acb5f61a7176dd320c5c1eb2edcdc74,"
        + "ae212a55399729595dea458bc621ff0e, 0ee1c16bb73f0f4fd19881753c01cdbe",
    "ab0812724a7f1e342742cbed374d94d136c6b8795d45b3819830f2c04491faf0"
        + "990c62e48b8018b2c3e4a0fa3134cb67fa83e158c994d961c4cb21095c1bf9,"
        + "12976a08c4426d0ce8a82407c4f48207, e1a5668a4d5b66a5f68cc5424ed5982d,"
        + "9ae831e743978d3a23527c7128149e3a, 5154ad0d2cb26e01274fc51148491f1b",
  })
  void vectors(String message, String r, String k, String nonce, String mac) {
    var aes = new Poly1305Aes(hex(k), hex(r));
    aes.start(hex(nonce), 0);
    aes.update(hex(message), 0, message.length() / 2);
    byte[] found = new byte[16];
    aes.finish(found, 0);
    assertThat(found).isEqualTo(hex(mac));
  }

  @Test
  @DisplayName("Bouncy Castle finds the same, one message after the other")
  void oracle() {
    var random = new SeededRandom(5);
    byte[] k = random.bytes(16);
    byte[] r = random.bytes(16);
    byte[] key = Arrays.copyOf(r, 32); // there, k stands behind r
    System.arraycopy(k, 0, key, 16, 16);
    var mine = new Poly1305Aes(k.clone(), r.clone());
    var theirs = new Poly1305(AESEngine.newInstance());
    for (int i = 0; i < 1_000; i++) {
      byte[] nonce = random.bytes(20);
      byte[] message = random.bytes(i);
      theirs.init(
          new ParametersWithIV(new KeyParameter(key), Arrays.copyOfRange(nonce, 4, 20), 0, 16));
      theirs.update(message, 0, i);
      byte[] expected = new byte[16];
      theirs.doFinal(expected, 0);
      mine.start(nonce, 4);
      mine.update(message, 0, i);
      assertThat(mine.finishedIs(expected, 0)).as("length %d", i).isTrue();
      expected[i % 16] ^= (byte) (1 << (i % 8));
      mine.start(nonce, 4);
      mine.update(message, 0, i);
      assertThat(mine.finishedIs(expected, 0)).isFalse();
    }
  }

  @Test
  @DisplayName("the keys that it was given are overwritten")
  void overwrites() {
    byte[] k = hex("ec074c835580741701425b623235add6");
    byte[] r = hex("851fc40c3467ac0be05cc20404f3f700");
    var unused = new Poly1305Aes(k, r);
    assertThat(unused).isNotNull();
    assertThat(k).containsOnly(0);
    assertThat(r).containsOnly(0);
  }
}
