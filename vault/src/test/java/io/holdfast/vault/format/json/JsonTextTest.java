package io.holdfast.vault.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  private static JsonReader reader(String json) {
    return new JsonReader(json.getBytes(StandardCharsets.UTF_8), "it");
  }

  private static JsonReader reader(int... bytes) {
    var json = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      json[i] = (byte) bytes[i];
    }
    return new JsonReader(json, "it");
  }

  @ParameterizedTest
  @DisplayName("Texts are unescaped")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                          | ``",
        "aé€😀\u007f                 | aé€😀\u007f",
        "\\\"\\\\\\/                 | \"\\/",
        "x\\b\\f\\n\\r\\ty           | `x\b\f\n\r\ty`",
        "\\u0041\\u00e9\\u20AC       | Aé€",
        "\\ud83d\\ude00!             | 😀!",
        "é\\u0000é                   | é\0é",
        "\\ufffd\ufffd               | \ufffd\ufffd",
      })
  void texts(String json, String expected) throws Exception {
    assertThat(reader('"' + json + '"').text()).isEqualTo(expected);
    assertThat(reader('"' + json + '"').bytes())
        .isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @DisplayName("Texts that are none are refused")
  @ValueSource(
      strings = {
        "",
        "\"",
        "\"a",
        "\"\\",
        "\"\\\"",
        "\"\\q\"",
        "\"\\u12\"",
        "\"\\u123g\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800x\"",
        "\"\\ud800\\n\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800\\ud800\"",
        "\"a\nb\"",
        "\"\t\"",
        "\"\\n\t\"",
        "1",
        "null",
        "'a'"
      })
  void noTexts(String json) {
    assertThatExceptionOfType(FormatException.class).isThrownBy(() -> reader(json).text());
  }

  @Test
  @DisplayName("Bytes that are no UTF-8 are refused, with the place")
  void invalidUtf8() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> reader('"', 'a', 0xff, '"').text())
        .withMessage("it: a text is not in UTF-8 at byte 2");
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> reader('"', '\\', 'n', 0xed, 0xa0, 0x80, '"').text())
        .withMessage("it: a text is not in UTF-8 at byte 3");
  }

  @Test
  @DisplayName("The escape for a lost byte is told apart from the character of the same number")
  void lossy() throws Exception {
    assertThat(reader("\"a\\ufffd\ufffd\"").lossyBytes())
        .containsExactly('a', 0xff, 0xef, 0xbf, 0xbd);
  }

  @Test
  @DisplayName("Base64 and ids are read, also where they are escaped, and refused where malformed")
  void encoded() throws Exception {
    assertThat(reader("\"/wA=\"").base64()).containsExactly(0xff, 0);
    assertThat(reader("\"\\/wA=\"").base64()).containsExactly(0xff, 0);
    assertThat(reader("\"\"").base64()).isEmpty();
    assertThatExceptionOfType(FormatException.class).isThrownBy(() -> reader("\"/w*=\"").base64());
    var id = ContentId.of(new byte[] {1});
    assertThat(reader('"' + id.toString() + '"').id()).isEqualTo(id);
    for (String wrong :
        List.of(
            "\"\"",
            '"' + id.toString().substring(1) + '"',
            '"' + id.toString() + "0\"",
            '"' + id.toString().substring(1) + "g\"",
            '"' + "A".repeat(64) + '"',
            "null")) {
      assertThatExceptionOfType(FormatException.class).isThrownBy(() -> reader(wrong).id());
    }
  }

  @Test
  @DisplayName("Whatever text is written comes back")
  void roundTrip() throws Exception {
    var random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      var text = new StringBuilder();
      for (int i = random.nextInt(20); i > 0; i--) {
        int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
        text.appendCodePoint(Utf8.isSurrogate(c) ? '?' : c);
      }
      byte[] json = new JsonWriter(0).text(text.toString()).toBytes();
      assertThat(new JsonReader(json, "it").text()).isEqualTo(text.toString());
    }
  }

  @Test
  @DisplayName("Whatever bytes are written and lost in part, writing them again gives the same")
  void lossyRoundTrip() throws Exception {
    var random = new Random(8);
    for (int round = 0; round < 20_000; round++) {
      var bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      byte[] json = new JsonWriter(0).text(bytes).toBytes();
      byte[] read = new JsonReader(json, "it").lossyBytes();
      assertThat(new JsonWriter(0).text(read).toBytes()).isEqualTo(json);
      if (Utf8.isValid(bytes)) {
        assertThat(read).isEqualTo(bytes);
      }
    }
  }
}
