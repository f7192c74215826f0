package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that somebody tampered with, or that was damaged in its newest part. */
class HostileRepositoryTest {
  private static final String RUN = "20260101-000000-000990";

  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void makeBackup() {
    cli = Cli.withPlatform(directory);
    assertThat(cli.run("backup").exit()).isZero();
    cli.write("victim/precious", "precious");
  }

  private void forgeJournal(String staged) {
    cli.write(
        "backups/.state/restoring/" + RUN + ".json",
        """
        {"format":"holdfast-restore","format_version":1,"run_id":"%s","backup":"%s",
         "stage":"STAGING","status":"RUNNING","started_at":"2026-01-01T00:00:00Z","message":"",
         "created":[],"components":[{"name":"tree","kind":"directory","settings":{},
           "swaps":[{"target":"/nowhere/x","staged":"%s","aside":"%s.aside"}],
           "moves":[],"details":{},"observed":[]}]}
        """
            .formatted(RUN, RUN, staged, staged));
  }

  @Test
  @Tag("P11")
  @DisplayName("P11: a journal in a repository that is merely named is not acted upon")
  void aForeignJournalIsNotActedUpon() {
    forgeJournal(cli.path("victim/.x.holdfast-" + RUN + ".staged").toString());
    cli.write("victim/.x.holdfast-" + RUN + ".staged", "of somebody");

    Result result = cli.run("backup", "list", "--repository", cli.path("backups").toString());

    assertThat(result.exit()).isZero();
    assertThat(cli.path("victim/.x.holdfast-" + RUN + ".staged")).exists();
  }

  @Test
  @DisplayName("a journal that names what no restore makes is refused, and lists still work")
  void aForgedJournalIsRefused() {
    forgeJournal(cli.path("victim").toString());

    Result list = cli.run("backup", "list");
    Result backup = cli.run("backup");

    assertThat(list.exit()).isZero();
    assertThat(list.err()).contains("no restore makes");
    assertThat(backup.exit()).isEqualTo(8);
    assertThat(cli.read("victim/precious")).isEqualTo("precious");
  }

  @Test
  @DisplayName("a link among the runs under way is removed and not followed")
  void aLinkAmongRunsIsNotFollowed() throws IOException {
    Files.createSymbolicLink(
        cli.path("backups/.running/" + RUN + "_manual"), cli.path("victim").toAbsolutePath());

    assertThat(cli.run("backup").exit()).isZero();

    assertThat(cli.path("victim").toFile().list()).containsExactly("precious");
  }

  @Test
  @DisplayName("a link in place of a directory of the repository is refused")
  void aLinkInPlaceOfADirectoryIsRefused() throws IOException {
    Files.delete(cli.path("backups/.deleting"));
    Files.createSymbolicLink(cli.path("backups/.deleting"), cli.path("victim").toAbsolutePath());

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(10);
    assertThat(result.err()).contains(".deleting is no directory");
    assertThat(cli.read("victim/precious")).isEqualTo("precious");
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: 'latest' does not pass over a newer backup that is damaged")
  void latestStopsAtDamage() throws IOException {
    assertThat(cli.run("backup", "--compression", "zstd").exit()).isZero();
    try (var all = Files.list(cli.path("backups/completed"));
        var file =
            new RandomAccessFile(
                all.filter(p -> p.toString().endsWith(".tar.zst"))
                    .findFirst()
                    .orElseThrow()
                    .toFile(),
                "rw")) {
      file.setLength(file.length() - 1);
    }
    for (List<String> command :
        List.of(
            List.of("backup", "validate", "latest"), List.of("restore", "latest", "--confirm"))) {
      Result result = cli.run(command.toArray(String[]::new));
      assertThat(result.exit()).as("%s: %s", command, result.err()).isEqualTo(6);
      assertThat(result.err()).contains("000002");
    }
  }

  @Test
  @DisplayName("'latest' is the newest full backup, or the newest that holds what is asked for")
  void latestHoldsWhatIsAskedFor() {
    assertThat(cli.run("backup", "--component", "settings").exit()).isZero();
    cli.write("data/a.txt", "changed\n").write("app.ini", "x = 2\n");

    assertThat(cli.run("restore", "latest", "--confirm").exit()).isZero();

    assertThat(cli.read("data/a.txt")).isEqualTo("first\n");
    assertThat(cli.read("app.ini")).isEqualTo("x = 1\n");
    Result one = cli.run("restore", "latest", "--component", "settings", "--dry-run");
    assertThat(one.out()).contains("000002");
  }
}
