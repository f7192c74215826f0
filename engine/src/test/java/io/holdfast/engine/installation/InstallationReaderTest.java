package io.holdfast.engine.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.MissingSource;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.repository.RepositoryKind;
import io.holdfast.engine.retention.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallationReaderTest {
  private static final FilePath FILE = FilePath.of("/etc/holdfast.yaml");

  @Test
  void aSmallConfigurationHasTheDefaultsOfTheDesign() {
    Installation installation =
        read(
            """
            backup:
              path: /backups
            components:
              notes: {kind: tree, path: notes}
            """);

    assertThat(installation.repository().location()).isEqualTo("/backups");
    assertThat(installation.state()).isEqualTo(FilePath.of("/backups/.state"));
    assertThat(installation.compression()).isEqualTo(Compression.ZSTD);
    assertThat(installation.retention()).isEqualTo(RetentionPolicy.DEFAULT);
    assertThat(installation.timeout()).isEqualTo(Duration.ofHours(12));
    assertThat(installation.parallelism())
        .isEqualTo(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64));
    Component notes = installation.components().getFirst();
    assertThat(notes.critical()).isTrue();
    assertThat(notes.group()).isEmpty();
    assertThat(notes.missing()).isEqualTo(MissingSource.FAIL);
    assertThat(notes.timeout()).isEqualTo(Component.DEFAULT_TIMEOUT);
    assertThat(notes.handler().places()).containsExactly(FilePath.of("/etc/notes"));
  }

  @Test
  void everyKeyIsRead() {
    Installation installation =
        read(
            """
            backup:
              repository: directory
              path: /backups
              compression: gzip
              timeout: 2h
              parallelism: 3
              state: /var/lib/holdfast
              retention:
                max_count: 4
                max_age_days: 5
                keep_daily: 6
                keep_weekly: 7
                keep_monthly: 8
                keep_yearly: 9
            components:
              z-last: {kind: tree, path: /z}
              app: {kind: tree, path: /a, critical: false, group: pair, missing: skip, timeout: 9m}
            """);

    assertThat(installation.state()).isEqualTo(FilePath.of("/var/lib/holdfast"));
    assertThat(installation.compression()).isEqualTo(Compression.GZIP);
    assertThat(installation.timeout()).isEqualTo(Duration.ofHours(2));
    assertThat(installation.parallelism()).isEqualTo(3);
    assertThat(installation.retention()).isEqualTo(new RetentionPolicy(4, 5, 6, 7, 8, 9));
    assertThat(installation.components())
        .extracting(component -> component.name().value())
        .containsExactly("app", "z-last");
    Component app = installation.components().getFirst();
    assertThat(app.kind()).isEqualTo("tree");
    assertThat(app.critical()).isFalse();
    assertThat(app.group()).contains("pair");
    assertThat(app.missing()).isEqualTo(MissingSource.SKIP);
    assertThat(app.timeout()).isEqualTo(Duration.ofMinutes(9));
  }

  @ParameterizedTest
  @CsvSource({"none, NONE", "false, NONE", "gzip, GZIP", "zstd, ZSTD", "true, ZSTD"})
  void compressionHasItsWords(String word, Compression expected) {
    Installation installation =
        read(
            "backup: {path: /b, compression: "
                + word
                + "}\ncomponents: {a: {kind: tree, path: /a}}\n");

    assertThat(installation.compression()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 25 * * *   | found '25' as the hour",
        "every day    | found 'every day' as the cron expression",
        "0 3 * *      | found '0 3 * *' as the cron expression"
      })
  @DisplayName("a schedule that makes no sense is a problem with its line, and no other schedule")
  void cronIsChecked(String cron, String problem) {
    assertThatThrownBy(() ->
            read(
                "backup:\n  path: /b\n  schedule_cron: '"
                    + cron
                    + "'\ncomponents: {a: {kind: tree, path: /a}}\n"))
        .hasMessageContaining("/etc/holdfast.yaml:3:18: backup.schedule_cron: " + problem);
  }

  @Test
  void retentionCanBeSwitchedOff() {
    Installation installation =
        read(
            """
            backup: {path: /b, retention: {max_count: 0, max_age_days: 0}}
            components: {a: {kind: tree, path: /a}}
            """);

    assertThat(installation.retention()).isEqualTo(RetentionPolicy.KEEP_ALL);
  }

  @Test
  @DisplayName("A thoroughly wrong configuration is told with every problem and its place")
  void tellsAllProblemsAtOnce() {
    assertThatThrownBy(() ->
            read(
                """
                backup:
                  path: /backups
                  compresion: gzip
                  compression: bzip2
                  retention: {max_count: 1001, max_age_days: -1}
                  parallelism: 0
                  timeout: never
                components:
                  App: {kind: tree, path: /a, whatever: 1}
                  one: {kind: trea, path: /a}
                  two: {kind: tree}
                  three: {path: /x}
                  four: 5
                  five: {kind: tree, path: /f, critical: maybe, missing: ignore, group: A B}
                  six: {kind: tree, path: /g, pth: /h}
                  seven: {kind: ~}
                extra: 1
                """))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(e.message())
                  .isEqualTo(
                      """
                      /etc/holdfast.yaml has 17 problems:
                        /etc/holdfast.yaml:3:3: backup.compresion: found an unknown key; allowed: catch_up, compression, enabled, installation, on_shutdown, on_startup, parallelism, path, repository, retention, schedule_cron, schedule_hours, schedule_jitter, schedule_zone, shutdown_timeout, signing_key_file, state, timeout; did you mean 'compression'?
                        /etc/holdfast.yaml:4:16: backup.compression: found 'bzip2'; allowed: true (zstd), false (none), none, gzip, zstd
                        /etc/holdfast.yaml:5:26: backup.retention.max_count: found '1001'; allowed: a whole number from 0 to 1000
                        /etc/holdfast.yaml:5:46: backup.retention.max_age_days: found '-1'; allowed: a whole number from 0 to 3650
                        /etc/holdfast.yaml:6:16: backup.parallelism: found '0'; allowed: a whole number from 1 to 64
                        /etc/holdfast.yaml:7:12: backup.timeout: found 'never'; allowed: a whole number from 1 and a unit (ms, s, m, h, d), such as 30s, 10m, 6h, 2d; at most 3650d
                        /etc/holdfast.yaml:9:8: components.App: found the name 'App'; allowed: lowercase letters, digits, '-' and '_', at most 63, beginning with a letter or digit
                        /etc/holdfast.yaml:10:15: components.one.kind: found 'trea'; allowed: tree; did you mean 'tree'?
                        /etc/holdfast.yaml:11:8: components.two.path: found nothing; allowed: an absolute path, one below ~/, or one relative to /etc
                        /etc/holdfast.yaml:12:10: components.three.kind: found nothing; allowed: one of tree
                        /etc/holdfast.yaml:13:9: components.four: found '5'; allowed: a mapping of keys to values
                        /etc/holdfast.yaml:14:42: components.five.critical: found 'maybe'; allowed: true or false
                        /etc/holdfast.yaml:14:58: components.five.missing: found 'ignore'; allowed: fail, skip
                        /etc/holdfast.yaml:14:73: components.five.group: found 'A B'; allowed: lowercase letters, digits, '-' and '_', at most 63, beginning with a letter or digit
                        /etc/holdfast.yaml:15:31: components.six.pth: found an unknown key; allowed: critical, group, kind, missing, path, timeout; did you mean 'path'?
                        /etc/holdfast.yaml:16:17: components.seven.kind: found nothing; allowed: a text
                        /etc/holdfast.yaml:17:1: extra: found an unknown key; allowed: backup, components, server\
                      """
                          .indent(0)
                          .stripTrailing());
            });
  }

  @Test
  void anEmptyFileIsToldWhatItNeeds() {
    assertThatThrownBy(() -> read(""))
        .hasMessageContaining("backup: found nothing; allowed: a mapping that says where")
        .hasMessageContaining("components: found nothing; allowed: at least one component");
  }

  @Test
  void aRepositoryWithoutAPlaceIsToldOnce() {
    assertThatThrownBy(() -> read("backup: {}\ncomponents: {a: {kind: tree, path: /a}}\n"))
        .hasMessageStartingWith("/etc/holdfast.yaml has a problem:")
        .hasMessageContaining("1:9: backup.path: found nothing; allowed: an absolute path");
  }

  @Test
  void aRepositoryWithAWrongPlaceIsToldOnce() {
    assertThatThrownBy(() -> read("backup: {path: [/b]}\ncomponents: {a: {kind: tree, path: /a}}"))
        .hasMessageStartingWith("/etc/holdfast.yaml has a problem:")
        .hasMessageContaining("backup.path: found a list");
  }

  @Test
  void aRepositoryWithoutFilesNeedsAPlaceForItsState() {
    String wrong = "backup: {repository: cloud}\ncomponents: {a: {kind: tree, path: /a}}";

    assertThatThrownBy(() -> read(wrong))
        .hasMessageContaining("backup.state: found nothing; allowed: a directory on this machine");
    assertThat(read(wrong.replace("cloud}", "cloud, state: /s}")).state())
        .isEqualTo(FilePath.of("/s"));
  }

  @Test
  void anUnknownKindOfRepositoryIsTheOnlyProblem() {
    assertThatThrownBy(() ->
            read(
                "backup: {repository: directry, path: /b, bucket: x}\n"
                    + "components: {a: {kind: tree, path: /a}}"))
        .hasMessageStartingWith("/etc/holdfast.yaml has a problem:")
        .hasMessageContaining(
            "found 'directry'; allowed: cloud, directory; did you mean 'directory'?");
  }

  @Test
  void readsAFileThroughALinkAndTakesPathsFromTheLinksDirectory(@TempDir Path directory)
      throws Exception {
    Path real = Files.createDirectories(directory.resolve("data")).resolve("h.yaml");
    Files.writeString(real, "backup: {path: b}\ncomponents: {a: {kind: tree, path: ~/a}}\n");
    Path link = Files.createSymbolicLink(directory.resolve("holdfast.yaml"), real);

    Installation installation =
        reader().read(FilePath.of(link), Optional.of(FilePath.of("/home/me")));

    assertThat(installation.repository().location()).isEqualTo(directory.resolve("b").toString());
    assertThat(installation.components().getFirst().handler().places())
        .containsExactly(FilePath.of("/home/me/a"));
  }

  @Test
  void aFileThatCannotBeReadIsSaidSo(@TempDir Path directory) {
    assertThatThrownBy(() -> reader().read(FilePath.of(directory), Optional.empty()))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(e.message()).startsWith("the configuration cannot be read: open ");
              assertThat(e.guidance()).isNotEmpty();
            });
  }

  @Test
  @DisplayName("P11: a repository alone is enough for an installation")
  void aRepositoryAloneIsEnough() {
    Installation installation = reader().ofRepository(FilePath.of("/mnt/backups"));

    assertThat(installation.repository().location()).isEqualTo("/mnt/backups");
    assertThat(installation.components()).isEmpty();
    assertThat(installation.retention()).isEqualTo(RetentionPolicy.KEEP_ALL);
  }

  @Test
  void twoKindsOfOneNameAreRefused() {
    assertThatThrownBy(() -> Kinds.of(List.of(new TreeKind(), new TreeKind()), List.of()))
        .hasMessageContaining("two kinds of component are called tree");
  }

  private static Installation read(String text) {
    return reader()
        .bind(SettingsDocument.yaml(FILE, text.getBytes(StandardCharsets.UTF_8), Optional.empty()));
  }

  private static InstallationReader reader() {
    return new InstallationReader(
        Kinds.of(
            List.of(new TreeKind()), List.of(new PlainKind("directory"), new PlainKind("cloud"))),
        PosixFileLayer.create(),
        Clock.systemUTC());
  }

  /** A kind of component that is bound and never used. */
  private static final class TreeKind implements ComponentKind {
    @Override
    public String name() {
      return "tree";
    }

    @Override
    public ComponentHandler handler(Settings settings, FileLayer files) {
      return new TreeHandler(settings.path("path"));
    }
  }

  private record TreeHandler(FilePath path) implements ComponentHandler {
    @Override
    public Map<String, String> source() {
      return Map.of("path", path.toString());
    }

    @Override
    public List<FilePath> places() {
      return List.of(path);
    }

    @Override
    public Capture capture(CaptureContext context) {
      throw new AssertionError("not used");
    }

    @Override
    public List<CheckResult> check(ArtifactSource source, RestoreContext context) {
      throw new AssertionError("not used");
    }

    @Override
    public StagedRestore stage(ArtifactSource source, RestoreContext context) {
      throw new AssertionError("not used");
    }

    @Override
    public List<Finding> inspect() {
      return List.of();
    }
  }

  /** A kind of repository that is bound and never used; {@code directory} has a place. */
  private record PlainKind(String name) implements RepositoryKind {
    @Override
    public Repository repository(Settings settings, RepositoryContext context) {
      return boundRepository(
          name.equals("directory") ? settings.path("path") : FilePath.of("/cloud"));
    }
  }

  /** Only bound: it tells its place, and anything else that is asked of it is an error. */
  private static Repository boundRepository(FilePath path) {
    return (Repository)
        Proxy.newProxyInstance(
            Repository.class.getClassLoader(),
            new Class<?>[] {Repository.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("location")) {
                return path.toString();
              }
              throw new AssertionError("not to be asked while binding: " + method.getName());
            });
  }
}
