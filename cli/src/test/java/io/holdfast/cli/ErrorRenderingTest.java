package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.terminal.ErrorText;
import io.holdfast.cli.terminal.Style;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.JsonText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How every error reads: on a terminal, as JSON, and as an exit code. */
class ErrorRenderingTest {
  private static final Path DIRECTORY = Path.of("src/test/resources/io/holdfast/cli/errors");

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void readsAsItAlwaysDid(ErrorCode code) {
    HoldfastException error =
        code == ErrorCode.CONFIGURATION_INVALID ? configuration() : example(code);

    Golden.check(DIRECTORY.resolve(code + ".txt"), rendered(error));
  }

  @Test
  void coloursAreForTheWordErrorOnly() {
    assertThat(ErrorText.of(example(ErrorCode.BUSY), Style.COLOURED, false))
        .startsWith(
            "\u001b[1;31merror:\u001b[0m something of the sort BUSY happened to /srv/app\n");
  }

  @Test
  void nothingFromOutsideReachesTheTerminalRaw() {
    var error =
        new HoldfastException(
            ErrorCode.IO, "open /a\u001b[2Jb\u202e: failed", "Look at \u0007 it.");

    assertThat(ErrorText.of(error, Style.PLAIN, true))
        .contains("open /a\\u{1b}[2Jb\\u{202e}: failed")
        .contains("Look at \\u{7} it.")
        .doesNotContain("\u001b", "\u202e", "\u0007");
  }

  private static String rendered(HoldfastException error) {
    ExitCode exit = ExitCode.of(error.code());
    return "--- terminal\n"
        + ErrorText.of(error, Style.PLAIN, false)
        + "--- terminal, with --verbose\n"
        + ErrorText.of(error, Style.PLAIN, true)
        + "--- json\n"
        + JsonText.of(Documents.error(error, exit.number()))
        + "\n--- exit code\n"
        + exit.number()
        + "\n";
  }

  private static HoldfastException example(ErrorCode code) {
    return new HoldfastException(
            code,
            "something of the sort " + code + " happened to /srv/app",
            "Do this first.\nThen \"that\".")
        .with("component", "app")
        .with("path", "/srv/app");
  }

  private static HoldfastException configuration() {
    var document =
        SettingsDocument.yaml(
            FilePath.of("/etc/holdfast.yaml"),
            "backup:\n  pth: /b\n".getBytes(StandardCharsets.UTF_8),
            Optional.empty());
    document.settings().section("backup").path("path");
    try {
      document.done();
    } catch (HoldfastException told) {
      return told;
    }
    throw new AssertionError("no problem");
  }
}
