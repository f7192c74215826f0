package io.holdfast.vault.format.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonCompactorTest {
  @ParameterizedTest
  @DisplayName("White space goes, HTML is escaped, and all else stays as it is")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` { \"a\" : [ 1 , 2.50 ] ,\n\t\"b\" : null } ` | {\"a\":[1,2.50],\"b\":null}",
        "` \" a\\\" b \\\\\" `                          | `\" a\\\" b \\\\\"`",
        "`\"<\\u003c>&\"`                               | `\"\\u003c\\u003c\\u003e\\u0026\"`",
        "`\"\u2027\u2028\u2029\u202a\"`                 | `\"\u2027\\u2028\\u2029\u202a\"`",
        "`\"\\/\\ud83d\\ude00é😀\"`                     | `\"\\/\\ud83d\\ude00é😀\"`",
        "1E+9                                           | 1E+9",
      })
  void compacts(String json, String expected) {
    byte[] compact = JsonCompactor.compact(json.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(compact, StandardCharsets.UTF_8)).isEqualTo(expected);
    assertThat(JsonCompactor.compact(compact)).isEqualTo(compact);
  }
}
