package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.error.ErrorCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
  private static final Path PAGE = Path.of("../docs/exit-codes.md");

  @Test
  void numbersAreUniqueAndFitAProcess() {
    assertThat(ExitCode.values())
        .extracting(ExitCode::number)
        .doesNotHaveDuplicates()
        .allMatch(number -> number >= 0 && number <= 255);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void noErrorLeadsToSuccess(ErrorCode code) {
    assertThat(ExitCode.of(code)).isNotEqualTo(ExitCode.OK).isNotEqualTo(ExitCode.PARTIAL);
  }

  @ParameterizedTest
  @EnumSource(ServerFault.class)
  void noFaultOfAServerLeadsToSuccess(ServerFault fault) {
    assertThat(ExitCode.of(fault)).isNotEqualTo(ExitCode.OK).isNotEqualTo(ExitCode.PARTIAL);
    assertThat(ErrorCode.values()).extracting(ErrorCode::name).doesNotContain(fault.name());
  }

  @Test
  void thePageSaysTheSame() {
    Golden.check(PAGE, page());
  }

  private static String page() {
    String codes =
        Arrays.stream(ExitCode.values())
            .map(exit -> "| " + exit.number() + " | " + exit.meaning() + " |\n")
            .collect(Collectors.joining());
    String errors =
        Arrays.stream(ErrorCode.values())
            .map(code ->
                "| `"
                    + code
                    + "` | "
                    + ExitCode.of(code).number()
                    + " | "
                    + (code.retryable() ? "yes" : "no")
                    + " |\n")
            .collect(Collectors.joining());
    String faults =
        Arrays.stream(ServerFault.values())
            .map(fault ->
                "| `"
                    + fault
                    + "` | "
                    + ExitCode.of(fault).number()
                    + " | "
                    + (fault.retryable() ? "yes" : "no")
                    + " |\n")
            .collect(Collectors.joining());
    return """
    # Exit codes

    What a script may rely on. A number never changes its meaning; treat one that is not listed as a failure.

    | exit code | meaning |
    | --- | --- |
    """
        + codes
        + """

        A text that cannot be the id of a backup at all, such as a word, is a mistake on the command line (2); an id that no backup has is a backup that
        is not there (4).

        ## From error to exit code

        Every error has a name that does not change. It stands in the document that `--json` prints on standard error
        (`code`), and `--verbose` shows it. *Again* tells whether the same command may succeed later with nothing changed.

        | error | exit code | again |
        | --- | --- | --- |
        """
        + errors
        + """

        Against a server (`--server`) the errors above come from there, with the same exit codes. These come on top, for what goes
        wrong between the two:

        | error | exit code | again |
        | --- | --- | --- |
        """
        + faults
        + """

        ## In a script

        ```sh
        holdfast backup --quiet
        case $? in
          0) ;;
          3) echo "an optional component is missing from the backup" >&2 ;;
          5) echo "another run is under way; trying again later" >&2 ;;
          *) echo "the backup failed" >&2; exit 1 ;;
        esac
        ```
        """;
  }
}
