package io.holdfast.vault.format.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The table is made of {@code UnicodeData.txt} of Unicode 15.0: the code points from U+0080 on
 * whose category begins with L, M, N, P or S, joined into ranges. The same made for Unicode 13.0
 * was found to be {@code strconv.IsPrint} of Go 1.19, which has that version, code point by code
 * point.
 */
class PrintableCharactersTest {
  private static boolean printableToday(int character) {
    return switch (Character.getType(character)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          true;
      default -> character == ' ';
    };
  }

  @Test
  @DisplayName("Nothing is printable that the JDK's newer Unicode does not call so")
  void noMore() {
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(PrintableCharacters::contains)
        .forEach(c -> assertThat(printableToday(c)).as("U+%04x", c).isTrue());
  }

  @Test
  @DisplayName("What is missing came after Unicode 15.0")
  void noLess() {
    var missing = new BitSet();
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> printableToday(c) && !PrintableCharacters.contains(c))
        .forEach(missing::set);
    // Of 15.1: ideographic description characters, and CJK extension I.
    assertThat(missing.get(0x2ffc, 0x3000).cardinality()).isEqualTo(4);
    assertThat(missing.get(0x31ef)).isTrue();
    assertThat(missing.get(0x2ebf0, 0x2ee5e).cardinality()).isEqualTo(622);
    // Of 16.0, in JDK 24 and later: 5,185 characters, among them Garay and more hieroglyphs.
    assertThat(missing.get(0x10d40)).isTrue();
    assertThat(missing.get(0x13460, 0x143fb).cardinality()).isEqualTo(3995);
    assertThat(missing.cardinality()).isGreaterThanOrEqualTo(627 + 5185);
    assertThat(missing.get(0, 0x300).isEmpty()).isTrue();
    assertThat(missing.get(0x4e00, 0xa000).isEmpty()).isTrue();
  }

  @Test
  @DisplayName("The table has as many characters as Unicode 15.0 has printable ones")
  void cardinality() {
    long count =
        IntStream.rangeClosed(0x80, Character.MAX_CODE_POINT)
            .filter(PrintableCharacters::contains)
            .count();
    assertThat(count).isEqualTo(148_903);
  }

  @Test
  @DisplayName("Of ASCII all but control characters are printable, and the space alone of spaces")
  void ascii() {
    for (int c = 0; c < 0xa1; c++) {
      assertThat(PrintableCharacters.contains(c)).isEqualTo(c >= ' ' && c < 0x7f);
    }
    assertThat(PrintableCharacters.contains(0x3000)).isFalse();
    assertThat(PrintableCharacters.contains(0x10ffff)).isFalse();
  }
}
