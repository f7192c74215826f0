package io.holdfast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.cli.Cli;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.io.StringWriter;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentTest {
  private final StringWriter err = new StringWriter();

  @Test
  void consentOnTheCommandLineIsEnough() {
    assertThatCode(require(new Cli(Path.of("/")), true, true)).doesNotThrowAnyException();
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes\n", "  yes \n", "yes"})
  void aYesAtTheTerminalIsEnough(String typed) {
    assertThatCode(require(new Cli(Path.of("/")).atTerminal(typed), false, true))
        .doesNotThrowAnyException();
    assertThat(err.toString()).isEqualTo("the plan\nType 'yes' to restore: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "y\n", "YES\n", "no\n", "yes!\n"})
  void anythingElseIsNone(String typed) {
    assertRefused(
        require(new Cli(Path.of("/")).atTerminal(typed), false, true),
        "not confirmed; nothing was changed");
  }

  @Test
  void nobodyIsAskedWithoutATerminal() {
    assertRefused(
        require(new Cli(Path.of("/")), false, true),
        "this needs your consent, and nobody can be asked here");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void nobodyIsAskedWhenAProgramReadsTheOutput() {
    assertRefused(
        require(new Cli(Path.of("/")).atTerminal("yes\n"), false, false),
        "this needs your consent, and nobody can be asked here");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .hasMessage(message)
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIRMATION_REQUIRED));
  }

  private ThrowingCallable require(Cli cli, boolean given, boolean mayAsk) {
    return () ->
        Consent.require(
            cli.surroundings(new StringWriter(), err), given, mayAsk, "the plan\n", "restore");
  }
}
