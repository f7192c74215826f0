package io.holdfast.vault.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  @DisplayName("Every character is encoded and decoded as the JDK does it")
  void everyCharacter() {
    var bytes = new byte[4];
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Utf8.isSurrogate(c)) {
        continue;
      }
      int length = Utf8.encode(c, bytes, 0);
      assertThat(Arrays.copyOf(bytes, length))
          .isEqualTo(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      assertThat(Utf8.width(c)).isEqualTo(length);
      assertThat(Utf8.decode(bytes, 0, length)).isEqualTo(c);
      if (length > 1) {
        assertThat(Utf8.decode(bytes, 0, length - 1)).isEqualTo(Utf8.INVALID);
      }
    }
  }

  @Test
  @DisplayName("Bytes are valid if and only if the JDK's decoder says so")
  void validity() {
    var random = new Random(3);
    int[] likely = {
      0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
      0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
    };
    int valid = 0;
    for (int round = 0; round < 200_000; round++) {
      var bytes = new byte[1 + random.nextInt(5)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) likely[random.nextInt(likely.length)];
      }
      boolean expected = decodes(bytes);
      assertThat(Utf8.isValid(bytes)).as("%s", Arrays.toString(bytes)).isEqualTo(expected);
      valid += expected ? 1 : 0;
    }
    assertThat(valid).isGreaterThan(1000);
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException malformed) {
      return false;
    }
  }
}
