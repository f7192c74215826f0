package io.holdfast.vault.format;

import static io.holdfast.vault.format.Documents.text;
import static io.holdfast.vault.format.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
  private static final String ID = Documents.config().id();

  @Test
  @DisplayName("A config is written as restic writes it, and comes back")
  void roundTrip() throws Exception {
    byte[] json = Documents.config().encode();
    assertThat(text(json))
        .isEqualTo(
            "{\"version\":2,\"id\":\"" + ID + "\",\"chunker_polynomial\":\"25b468838dcb75\"}");
    assertThat(Config.decode(json)).isEqualTo(Documents.config());
  }

  @Test
  @DisplayName("Version 1, another order, other keys and all 64 bits of a polynomial are read")
  void lenient() throws Exception {
    var config =
        Config.decode(
            utf8(
                "{\"chunker_polynomial\":\"FFffFFffFFffFFff\",\"new\":[{}],\"id\":\""
                    + ID
                    + "\", \"version\" : 1 }\n"));
    assertThat(config).isEqualTo(new Config(1, ID, -1));
  }

  @ParameterizedTest
  @Tag("P6")
  @DisplayName("P6: a newer version is told apart, whatever else the config then holds")
  @ValueSource(
      strings = {
        "{\"version\":3}",
        "{\"version\":18446744073709551615,\"id\":\"x\"}",
        "{\"id\":{\"new\":true},\"chunker_polynomial\":7,\"version\":3}",
      })
  void newer(String json) {
    assertThatExceptionOfType(UnsupportedVersionException.class)
        .isThrownBy(() -> Config.decode(utf8(json)))
        .withMessageMatching(
            "config: has version \\d+ of the format, and 2 is the newest that can be read")
        .satisfies(e -> assertThat(Long.toUnsignedString(e.version())).matches("3|1844.*"));
  }

  @ParameterizedTest
  @DisplayName("What is malformed is refused")
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"version\":0}",
        "{\"version\":\"2\"}",
        "{\"version\":-1}",
        "{\"version\":2}",
        "{\"version\":2,\"version\":1}",
        "{\"version\":2,\"id\":\"12\",\"chunker_polynomial\":\"3\"}",
        "{\"version\":2,\"id\":\"ID\",\"chunker_polynomial\":\"\"}",
        "{\"version\":2,\"id\":\"ID\",\"chunker_polynomial\":\"x\"}",
        "{\"version\":2,\"id\":\"ID\",\"chunker_polynomial\":\"12345678123456781\"}",
        "{\"version\":2,\"id\":\"ID\",\"chunker_polynomial\":3}",
        "{\"version\":2,\"id\":\"ID\",\"chunker_polynomial\":\"3\"}}",
      })
  void malformed(String json) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> Config.decode(utf8(json.replace("ID", ID))))
        .isNotInstanceOf(UnsupportedVersionException.class)
        .withMessageStartingWith("config: ");
  }

  @Test
  @DisplayName("A config of no version that there is cannot be made")
  void versions() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Config(0, ID, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> new Config(3, ID, 3));
  }
}
