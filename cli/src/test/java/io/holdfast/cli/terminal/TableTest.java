package io.holdfast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void alignsColumnsAndEndsNoLineInSpaces() {
    var table =
        new Table("NAME", ">SIZE", "NOTE").row("a", "1 B", "").row("long-name", "10 KiB", "x");

    assertThat(table.lines())
        .containsExactly("NAME         SIZE  NOTE", "a             1 B", "long-name  10 KiB  x");
  }

  @Test
  void makesCellsSafe() {
    assertThat(new Table("N").row("a\u001b[0m").lines()).containsExactly("N", "a\\u{1b}[0m");
  }

  @Test
  void countsCharactersNotCodeUnits() {
    assertThat(new Table("N", "M").row("🙂🙂", "x").row("ab", "y").lines())
        .containsExactly("N   M", "🙂🙂  x", "ab  y");
  }

  @Test
  void refusesARowOfAnotherLength() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Table("N").row("a", "b"));
  }
}
