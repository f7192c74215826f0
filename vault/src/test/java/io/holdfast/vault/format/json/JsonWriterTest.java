package io.holdfast.vault.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.ContentId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts are what {@code json.Marshal} of Go made of the same bytes. */
class JsonWriterTest {
  private static String written(JsonWriter json) {
    return new String(json.toBytes(), StandardCharsets.UTF_8);
  }

  private static byte[] hex(String hex) {
    return java.util.HexFormat.of().parseHex(hex);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @DisplayName("Texts are escaped as Go escapes them")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "empty                         |                  | ``",
        "plain                         | 6120427a39       | a Bz9",
        "quote, backslash              | 225c             | \\\"\\\\",
        "slash stays                   | 2f               | /",
        "html                          | 3c3e26           | \\u003c\\u003e\\u0026",
        "short forms                   | 080c0a0d09       | \\b\\f\\n\\r\\t",
        "other control characters      | 00010b1f         | \\u0000\\u0001\\u000b\\u001f",
        "delete stays                  | 7f               | \u007f",
        "two, three, four bytes        | c3a9e282acf09f9880 | é€😀",
        "beyond ASCII, not printable   | c280e2808b       | \u0080\u200b",
        "line separators of JavaScript | e280a8e280a9     | \\u2028\\u2029",
        "their neighbours              | e280a7e280aa     | \u2027\u202a",
        "replacement character itself  | efbfbd           | \ufffd",
        "a byte that is none           | 61ff62           | a\\ufffdb",
        "a sequence cut short          | e282             | \\ufffd\\ufffd",
        "cut short by another          | e282c3a9         | \\ufffd\\ufffdé",
        "too long an encoding          | c0af             | \\ufffd\\ufffd",
        "half a surrogate pair         | eda080           | \\ufffd\\ufffd\\ufffd",
        "beyond the last character     | f4908080         | \\ufffd\\ufffd\\ufffd\\ufffd",
      })
  void escapes(String name, @org.jspecify.annotations.Nullable String bytes, String expected) {
    var json = new JsonWriter(0).text(hex(bytes == null ? "" : bytes));
    assertThat(written(json)).isEqualTo('"' + expected + '"');
  }

  @Test
  @DisplayName("Commas stand between values, and nowhere else")
  void structure() {
    var json =
        new JsonWriter(0)
            .beginObject()
            .name("a")
            .number(-1)
            .name("b")
            .beginArray()
            .endArray()
            .name("c")
            .beginArray()
            .text(":")
            .plain("[")
            .beginObject()
            .endObject()
            .beginArray()
            .none()
            .flag(true)
            .flag(false)
            .endArray()
            .endArray()
            .anyName("<\"")
            .unsigned(-1)
            .name("d")
            .base64(new byte[] {-1, 0})
            .endObject();
    assertThat(written(json))
        .isEqualTo(
            "{\"a\":-1,\"b\":[],\"c\":[\":\",\"[\",{},[null,true,false]],"
                + "\"\\u003c\\\"\":18446744073709551615,\"d\":\"/wA=\"}");
    assertThat(json.toLine()).endsWith('}', '\n').hasSize(json.size() + 1);
  }

  @Test
  @DisplayName("Ids are 64 lowercase hex digits")
  void ids() {
    var id = ContentId.of(new byte[0]);
    assertThat(written(new JsonWriter(0).id(id))).isEqualTo('"' + id.toString() + '"');
    byte[] among = Arrays.copyOf(new byte[] {0, 0, (byte) 0xab, 0x0f}, 5);
    assertThat(written(new JsonWriter(0).hex(among, 2, 2))).isEqualTo("\"ab0f\"");
  }

  @Test
  @DisplayName("What is written grows beyond what was expected")
  void growth() {
    var json = new JsonWriter(0).beginArray();
    String text = "0123456789".repeat(100);
    for (int i = 0; i < 1000; i++) {
      json.text(text);
    }
    String expected = "\"" + text + "\"";
    assertThat(written(json.endArray()))
        .hasSize(2 + 1000 * expected.length() + 999)
        .startsWith("[" + expected + "," + expected)
        .endsWith("," + expected + "]");
  }

  @Test
  @DisplayName("Half a surrogate pair in a Java string becomes a question mark")
  void halfPair() {
    assertThat(written(new JsonWriter(0).text("a\ud800b"))).isEqualTo("\"a?b\"");
  }
}
