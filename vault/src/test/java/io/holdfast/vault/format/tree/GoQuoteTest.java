package io.holdfast.vault.format.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.vault.format.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected texts are what {@code strconv.Quote} of Go made of the same bytes. */
class GoQuoteTest {
  private static String quote(String hex) {
    return new String(GoQuote.quote(HexFormat.of().parseHex(hex)), StandardCharsets.UTF_8);
  }

  private static byte[] unquote(String quoted) {
    byte[] among = (">" + quoted + "<").getBytes(StandardCharsets.UTF_8);
    return GoQuote.unquote(among, 1, among.length - 1);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @DisplayName("Names are quoted as Go quotes them, and come back")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain              | 6120277e      | `a '~`",
        "quote, backslash   | 225c          | \\\"\\\\",
        "letters            | 07080c0a0d090b | \\a\\b\\f\\n\\r\\t\\v",
        "other controls     | 00010e1b1f7f  | \\x00\\x01\\x0e\\x1b\\x1f\\x7f",
        "umlaut, han, emoji | c3bce6bca2f09f9880 | ü漢😀",
        "html stays         | 3c3e26        | <>&",
        "C1 control         | c280c29f      | \\u0080\\u009f",
        "no-break space     | c2a0          | \\u00a0",
        "soft hyphen        | c2ad          | \\u00ad",
        "zero width, BOM    | e2808befbbbf  | \\u200b\\ufeff",
        "spaces, separators | e38080e280a8e280a9 | \\u3000\\u2028\\u2029",
        "combining mark     | 65cc81        | e\u0301",
        "private use        | ee8080        | \\ue000",
        "not assigned       | cdb8f09fbfbf  | \\u0378\\U0001ffff",
        "tag, beyond BMP    | f3a08081      | \\U000e0001",
        "last character     | f48fbfbf      | \\U0010ffff",
        "replacement        | efbfbd        | \ufffd",
        "no UTF-8           | ff61c361e282  | \\xffa\\xc3a\\xe2\\x82",
        "half a pair        | eda080        | \\xed\\xa0\\x80",
        "too long           | c0afe080aff08f8080 | \\xc0\\xaf\\xe0\\x80\\xaf\\xf0\\x8f\\x80\\x80",
        "beyond the last    | f4908080      | \\xf4\\x90\\x80\\x80",
        "latin-1            | 636166e9      | caf\\xe9",
      })
  void quotes(String name, String hex, String expected) {
    assertThat(quote(hex)).isEqualTo(expected);
    assertThat(HexFormat.of().formatHex(unquote(expected))).isEqualTo(hex);
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("Escapes that Go reads but does not write are read")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\\101\\377\\000       | 41ff00",
        "\\x41\\xC3\\xbc       | 41c3bc",
        "\\u0041\\u00FC        | 41c3bc",
        "\\U0001F600\\U00000041 | f09f988041",
        "\ufffd\\ufffd         | efbfbdefbfbd",
        "a\tb\u007f\u200b      | 6109627fe2808b",
        "'                     | 27",
      })
  void reads(String quoted, String hex) {
    assertThat(HexFormat.of().formatHex(unquote(quoted))).isEqualTo(hex);
  }

  @ParameterizedTest
  @DisplayName("What Go does not read is refused")
  @ValueSource(
      strings = {
        "\"",
        "a\"b",
        "\n",
        "\\",
        "a\\",
        "\\x",
        "\\x1",
        "\\xg0",
        "\\x 1",
        "\\u",
        "\\u123",
        "\\u123g",
        "\\U0001f60",
        "\\U00110000",
        "\\UFFFFFFFF",
        "\\U80000041",
        "\\ud800",
        "\\udfff",
        "\\U0000d800",
        "\\0",
        "\\01",
        "\\018",
        "\\400",
        "\\777",
        "\\8",
        "\\q",
        "\\'",
        "\\e",
        "\\é",
        "\\u\uff11\uff11\uff11\uff11"
      })
  void refuses(String quoted) {
    assertThatIllegalArgumentException().isThrownBy(() -> unquote(quoted));
  }

  @Test
  @DisplayName("Any bytes come back, and their quoted form is printable text without quotes")
  void anyBytes() {
    var random = new Random(11);
    for (int round = 0; round < 50_000; round++) {
      var name = new byte[random.nextInt(16)];
      random.nextBytes(name);
      if (round % 2 == 0) {
        for (int i = 0; i + 1 < name.length; i += 2) {
          name[i] = (byte) (0xc2 + random.nextInt(0x33));
          name[i + 1] = (byte) (0x80 + random.nextInt(0x40));
        }
      }
      byte[] quoted = GoQuote.quote(name);
      assertThat(Utf8.isValid(quoted)).isTrue();
      String text = new String(quoted, StandardCharsets.UTF_8);
      assertThat(text.codePoints().allMatch(PrintableCharacters::contains)).isTrue();
      assertThat(GoQuote.unquote(quoted, 0, quoted.length)).isEqualTo(name);
    }
  }

  @Test
  @DisplayName("Every character comes back")
  void everyCharacter() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Utf8.isSurrogate(c)) {
        continue;
      }
      byte[] name = Character.toString(c).getBytes(StandardCharsets.UTF_8);
      byte[] quoted = GoQuote.quote(name);
      assertThat(GoQuote.unquote(quoted, 0, quoted.length)).isEqualTo(name);
      boolean itself = PrintableCharacters.contains(c) && c != '"' && c != '\\';
      assertThat(quoted.length == name.length).as("U+%04x", c).isEqualTo(itself);
    }
  }
}
