package io.holdfast.vault.format.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.vault.format.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  private static final JsonKeys AB = JsonKeys.of("a", "b");

  private static JsonReader reader(String json) {
    return new JsonReader(json.getBytes(StandardCharsets.UTF_8), "it");
  }

  @Test
  @DisplayName("An object gives its known keys, and passes over others and null")
  void fields() throws Exception {
    var json =
        reader(
            " { \"x\" : [ 1 , { \"a\" : -0.5e+3 } , \"\\u00e9\" ] , \"b\":\n\t2,\r\"y\":{},"
                + "\"z\":true,\"w\":false,\"v\":null,\"u\":\"\",\"a\":null}  ");
    JsonFields fields = json.fields(AB);
    assertThat(fields.next()).isEqualTo("b");
    assertThat(json.unsigned(9)).isEqualTo(2);
    assertThat(fields.next()).isNull();
    json.end();
  }

  @Test
  @DisplayName("A key with escapes is the key that it means")
  void escapedKey() throws Exception {
    var json = reader("{\"\\u0061\":1}");
    assertThat(json.fields(AB).next()).isEqualTo("a");
  }

  @Test
  @DisplayName("Known keys are found among many, and others are not")
  void keys() {
    String[] names = new String[64];
    for (int i = 0; i < names.length; i++) {
      names[i] = "a" + i + "z";
    }
    JsonKeys keys = JsonKeys.of(names);
    for (int i = 0; i < names.length; i++) {
      byte[] text = ("<" + names[i] + ">").getBytes(StandardCharsets.US_ASCII);
      assertThat(keys.find(text, 1, text.length - 1)).isEqualTo(i);
      assertThat(keys.find(text, 1, text.length - 2)).isEqualTo(-1);
    }
    assertThat(keys.find(new byte[0], 0, 0)).isEqualTo(-1);
  }

  @ParameterizedTest
  @DisplayName("Whole numbers are read up to the last bit")
  @CsvSource({"0,0", "7,7", "18446744073709551615,-1", "9223372036854775808,-9223372036854775808"})
  void numbers(String text, long expected) throws Exception {
    assertThat(reader(text).unsigned(-1L)).isEqualTo(expected);
    assertThat(reader(text + " ").unsigned(-1L)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("Other numbers are refused")
  @ValueSource(
      strings = {
        "18446744073709551616",
        "18446744073709551619",
        "99999999999999999999",
        "-1",
        "-0",
        "1.0",
        "1e3",
        "1E3",
        "01",
        "00",
        "+1",
        "",
        " ",
        "x",
        "\"1\"",
        "184467440737095516150"
      })
  void noNumbers(String text) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> reader(text).unsigned(-1L))
        .withMessageStartingWith("it: a");
  }

  @Test
  @DisplayName("A number beyond the limit is refused, and the limit itself is not")
  void limit() throws Exception {
    assertThat(reader("4294967295").unsigned(0xffff_ffffL)).isEqualTo(0xffff_ffffL);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> reader("[4294967296").unsigned(0xffff_ffffL));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> reader("  4294967296").unsigned(0xffff_ffffL))
        .withMessage("it: a number is larger than 4294967295 at byte 2");
  }

  @ParameterizedTest
  @DisplayName("What is passed over has to be JSON all the same")
  @ValueSource(
      strings = {
        "", "{", "[", "{]", "[}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "{,}",
        "{\"a\":1 \"b\":2}", "[1,]", "[,1]", "[1 2]", "tru", "nul", "nulL", "True", "-", "1.", ".5",
        "1e", "1e+", "\"a", "[1", "[\"a\\x\"]", "/**/1"
      })
  void malformedSkipped(String json) {
    assertThatExceptionOfType(FormatException.class).isThrownBy(() -> reader(json).skip());
  }

  @ParameterizedTest
  @DisplayName("Whatever is JSON is passed over")
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[[],{}]",
        "0",
        "-0",
        "-1.5e-7",
        "1E+9",
        "true",
        "false",
        "null",
        "\"\"",
        "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"a\":1}",
        " [ ] "
      })
  void skipped(String json) throws Exception {
    var reader = reader(json);
    reader.skip();
    reader.end();
  }

  @Test
  @DisplayName("Numbers with a zero in front are no JSON")
  void leadingZero() throws Exception {
    var json = reader("01");
    json.skip();
    assertThatExceptionOfType(FormatException.class).isThrownBy(json::end);
  }

  @Test
  @DisplayName("What nests too deep is refused before the stack is full")
  void depth() throws Exception {
    reader("[".repeat(JsonReader.MAX_DEPTH) + "]".repeat(JsonReader.MAX_DEPTH)).skip();
    for (String part : List.of("[", "{\"a\":", "[{\"a\":")) {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> reader(part.repeat(1_000_000)).skip())
          .withMessageContaining("nest more than 64 deep");
    }
  }

  @Test
  @DisplayName("A known key that stands twice is refused, also if it is null")
  void twice() {
    for (String json : List.of("{\"a\":1,\"a\":1}", "{\"a\":null,\"a\":1}")) {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> {
            var reader = reader(json);
            JsonFields fields = reader.fields(AB);
            while (fields.next() != null) {
              reader.unsigned(1);
            }
          })
          .withMessageContaining("key \"a\" stands twice");
    }
  }

  @Test
  @DisplayName("What follows the end is refused, unless it is white space")
  void end() throws Exception {
    var json = reader("1 \n\t\r ");
    json.unsigned(1);
    json.end();
    var more = reader("1 2");
    more.unsigned(1);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(more::end)
        .withMessage("it: something follows its end at byte 2");
  }

  @Test
  @DisplayName("A place can be returned to")
  void places() throws Exception {
    var json = reader("{\"b\":[1,2],\"a\":3}");
    JsonFields fields = json.fields(AB);
    assertThat(fields.next()).isEqualTo("b");
    int place = json.place();
    json.skip();
    assertThat(fields.next()).isEqualTo("a");
    assertThat(json.unsigned(9)).isEqualTo(3);
    assertThat(fields.next()).isNull();
    int end = json.place();
    json.returnTo(place);
    var read = new ArrayList<Long>();
    json.beginArray();
    while (json.nextElement()) {
      read.add(json.unsigned(9));
    }
    assertThat(read).containsExactly(1L, 2L);
    json.returnTo(end);
    json.end();
  }

  @Test
  @DisplayName("What a parser refuses is refused, with the place")
  void parser() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() ->
            reader(" \"x\"")
                .parse((text, from, to) -> {
                  throw new IllegalArgumentException("no");
                }))
        .withMessage("it: no, in the text after byte 0");
  }
}
