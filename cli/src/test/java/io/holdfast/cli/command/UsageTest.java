package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--jsn | Unknown option: '--jsn' | Did you mean: --json?",
        "bakup | Unmatched argument at index 0: 'bakup' | Did you mean: backup?",
        "backup lst | Unmatched argument at index 1: 'lst' | Did you mean: list?",
        "repository | Missing command after 'repository' | 'holdfast repository --help' shows",
        "component | Missing command after 'component' | 'holdfast component --help' shows",
        "restore | Missing required parameter: 'ID' | 'holdfast restore --help' shows",
        "backup delete | Missing required parameter: 'ID' | 'holdfast backup delete --help' shows",
        "backup list --limit x | 'x' is not an int | 'holdfast backup list --help' shows",
        "backup list --limit -1 | --limit must not be negative: -1 | Use 0 for all.",
        "backup --component A! | 'A!' is no name of a component | lowercase letters, digits",
        "backup --compression lz4 | expected one of [NONE, GZIP, ZSTD] (case-insensitive) but was"
            + " 'lz4' | 'holdfast backup --help' shows",
        "restore latest --repository x | there is no configuration that says where | Add --to DIR",
        "repository check --read-data-subset 3/2 | 3/2: a part is more than nothing | N from 1 to M",
        "repository check --structure-only --read-data | say different things | Leave all but one",
        "repository prune --max-unused 101% | --max-unused is no percentage | unlimited",
        "repository prune --server http://127.0.0.1:1 | looks at the machine | with its config",
        "repository key list | a password is unknown to a repository of kind directory | vault",
        "restore a b | Unmatched argument at index 2: 'b' | 'holdfast restore --help' shows"
      })
  void saysWhatIsWrongWithACommandLine(String line, String message, String guidance) {
    Result result = Cli.withPlatform(directory).run(line.split(" "));

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("error: ").contains(message).contains(guidance);
  }

  @Test
  void saysSoInJsonToo() {
    Result result = new Cli(directory).run("backup", "--jason", "--json");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.jsonError())
        .containsEntry("schema", "holdfast.error/1")
        .containsEntry("code", "USAGE")
        .containsEntry("message", "Unknown option: '--jason'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "backup --help",
        "backup create -h",
        "backup list --help",
        "backup show --help",
        "backup validate --help",
        "backup delete --help",
        "restore --help",
        "repository --help",
        "repository init --help",
        "repository check --help",
        "repository prune --help",
        "repository stats --help",
        "repository unlock --help",
        "repository key --help",
        "repository key list --help",
        "repository key add --help",
        "repository key remove --help",
        "repository key passwd --help",
        "component --help",
        "component list --help",
        "doctor --help",
        "help",
        "help restore"
      })
  void everyCommandHasHelpThatNeedsNoConfiguration(String line) {
    Result result = new Cli(directory).run(line.split(" "));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith("Usage: holdfast").doesNotContain("\u001b");
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V", "backup --version"})
  void tellsItsVersion(String line) {
    Result result = new Cli(directory).run(line.split(" "));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith("holdfast ");
  }

  @Test
  void withoutACommandItShowsHelp() {
    Result result = new Cli(directory).run();

    assertThat(result.exit()).isZero();
    assertThat(result.out()).startsWith("Usage: holdfast");
  }

  @Test
  void printsAScriptForCompletion() {
    Result result = new Cli(directory).run("completion");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("complete -F _complete_holdfast").contains("validate");
  }
}
