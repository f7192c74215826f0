package io.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.avaje.jsonb.Jsonb;
import io.holdfast.cli.ExitCode;
import io.holdfast.cli.Interruption;
import io.holdfast.cli.Program;
import io.holdfast.cli.json.DemoJson;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.file.FilePath;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  @Tag("P5")
  @Tag("P7")
  @DisplayName("P5, P7: the demonstration finds nothing that differs, and leaves nothing behind")
  void nothingDiffers() throws Exception {
    Path home = directory.resolve("platform");

    int exit = run("demo", "--json", "--directory", home.toString());

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isEqualTo(ExitCode.OK.number());
    DemoJson told = Jsonb.builder().build().type(DemoJson.class).fromJson(out.toString());
    assertThat(told.ok()).isTrue();
    assertThat(told.differences()).isEmpty();
    assertThat(told.destroyed()).hasSizeGreaterThan(5);
    assertThat(told.broken()).noneMatch(line -> line.equals("database: ok"));
    assertThat(told.proof().lastInBackup())
        .isBetween(told.proof().acknowledgedBeforeBackup(), told.proof().acknowledgedInAll() + 1);
    assertThat(told.proof().pathsCompared()).isGreaterThan(3000);
    assertThat(told.liveRestore().sessionsAfter()).isEqualTo(told.liveRestore().sessionsBefore());
    assertThat(told.flippedBit().found()).isNotEmpty();
    assertThat(told.flippedBit().refusal()).contains("CORRUPT");
    assertThat(home).doesNotExist();
  }

  @Test
  @DisplayName(
      "A row and a bit of a file that differ after the restore make it fail, and are named")
  void sabotage() throws Exception {
    Path home = directory.resolve("platform");

    int exit = run("demo", "--sabotage", "row,file", "--directory", home.toString());

    assertThat(exit).isEqualTo(ExitCode.FAILED.number());
    assertThat(out.toString()).contains("budgets 7: expected [7, ");
    // Its size and its time are the same.
    assertThat(out.toString()).contains("checkpoints/step-02000/weights.bin: content was ");
    assertThat(out.toString()).contains("3 differences: this must not happen");
    assertThat(err.toString()).contains("is kept").contains(home.toString());
    assertThat(home.resolve("data/platform.db")).exists();
  }

  @Test
  @DisplayName("A directory with something in it is refused, and left alone")
  void notEmpty() throws Exception {
    Files.writeString(directory.resolve("thesis.txt"), "mine");

    int exit = run("demo", "--directory", directory.toString());

    assertThat(exit).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString()).contains("is not empty");
    assertThat(directory.resolve("thesis.txt")).hasContent("mine");
  }

  private int run(String... arguments) {
    var surroundings =
        new Surroundings(
            new PrintWriter(out),
            new PrintWriter(err),
            new BufferedReader(new StringReader("")),
            Map.of(),
            FilePath.of(directory),
            Clock.systemUTC(),
            false,
            false,
            false,
            () -> 80,
            prompt -> null);
    return Program.run(surroundings, new Interruption(), arguments);
  }
}
