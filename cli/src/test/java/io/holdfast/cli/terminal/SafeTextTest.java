package io.holdfast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain ~ text", "Ünïcödé", "日本", "emoji 🙂", "e\u0301"})
  void leavesWhatIsShownAsItself(String text) {
    assertThat(SafeText.line(text)).isEqualTo(text);
  }

  @Test
  void showsWhatWouldDriveOrDeceiveATerminal() {
    assertThat(SafeText.line("a\u001b[31mb\nc\u202ed\u200be\u0085f\ud800g\u2028h"))
        .isEqualTo("a\\u{1b}[31mb\\u{a}c\\u{202e}d\\u{200b}e\\u{85}f\\u{d800}g\\u{2028}h");
  }

  @Test
  void keepsTheLinesOfSeveral() {
    assertThat(SafeText.lines("a\tb\nc")).isEqualTo("a\\u{9}b\nc");
  }

  @Test
  void aDocumentStaysTheSameDocument() {
    String document = "{\"a\":\"gr\u00fcn \u009b2J \u202e \ud83d\ude00 \ud800\"}";

    assertThat(SafeText.json("{\"a\":\"gr\u00fcn\"}")).isEqualTo("{\"a\":\"gr\u00fcn\"}");
    assertThat(SafeText.json(document))
        .isEqualTo("{\"a\":\"gr\u00fcn \\u009b2J \\u202e \ud83d\ude00 \\ud800\"}");
  }
}
