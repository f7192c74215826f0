package io.holdfast.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.server.configuration.ServerSettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page on configuration and the code that reads configurations say the same. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final Pattern HEADING = Pattern.compile("#+ `([^`]+)`(?:.* `([^`]+)`)?.*");
  private static final Pattern ROW = Pattern.compile("\\| `([a-z_]+)` \\|.*");
  private static final String COMPONENT = "components.NAME";

  @Test
  @DisplayName("every key that is read is described, and every key that is described is read")
  void describesExactlyTheKeysThatAreRead() throws IOException {
    assertThat(described()).isEqualTo(read());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsValid(String example) {
    var document = yaml(example);

    assertThat(reader().bind(document, ServerSettingsReader::read).components()).isNotEmpty();
  }

  static Stream<String> examples() throws IOException {
    return Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1))
        .toList()
        .stream();
  }

  /** The keys in the tables, with the kind of component in place of its name. */
  private static Set<String> described() throws IOException {
    var keys = new TreeSet<String>(Set.of("backup", "components", "server"));
    String prefix = "";
    String kind = "";
    for (String line : Files.readAllLines(PAGE)) {
      Matcher heading = HEADING.matcher(line);
      Matcher row = ROW.matcher(line);
      if (heading.matches()) {
        prefix = heading.group(1);
        kind = Optional.ofNullable(heading.group(2)).orElse("");
      } else if (row.matches() && prefix.equals(COMPONENT)) {
        Set<String> kinds = kind.isEmpty() ? Kinds.onPath().componentNames() : Set.of(kind);
        kinds.forEach(each -> keys.add("components." + each));
        kinds.forEach(each -> keys.add("components." + each + "." + row.group(1)));
      } else if (row.matches()) {
        keys.add(prefix + "." + row.group(1));
      }
    }
    return keys;
  }

  /** The keys that are asked for, of repositories of all sorts. */
  private static Set<String> read() {
    return Stream.of(
            "{path: /b}",
            "{repository: vault, url: 'rest:https://host/path/', state: /s, password_env: X}",
            "{repository: vault, url: 's3:https://host/bucket', state: /s, password_env: X}")
        .flatMap(backup -> read(backup).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The keys that are asked for, of a configuration with a component of every kind. */
  private static Set<String> read(String backup) {
    var text = new StringBuilder("backup: " + backup + "\ncomponents:\n");
    for (String kind : Kinds.onPath().componentNames()) {
      text.append(
          "  %1$s: {kind: %1$s, path: /x, paths: [/y], pause: a, resume: b}\n".formatted(kind));
    }
    text.append(
        "server: {tls: {}, database: {}, target: {}, heartbeat: {}, webhooks: {ops: {}}}\n");
    var document = yaml(text.toString());
    try {
      reader().bind(document, ServerSettingsReader::read);
    } catch (RuntimeException wrong) {
      // Not every kind has all of these keys; it is about which they ask for.
      assertThat(wrong).hasMessageContaining("found an unknown key");
    }
    return document.askedKeys().stream()
        .filter(key -> !key.equals("server.webhooks.ops"))
        .map(key -> key.replace("server.webhooks.ops", "server.webhooks.NAME"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static SettingsDocument yaml(String text) {
    return SettingsDocument.yaml(
        FilePath.of("/etc/holdfast.yaml"), text.getBytes(StandardCharsets.UTF_8), Optional.empty());
  }

  private static InstallationReader reader() {
    return new InstallationReader(Kinds.onPath(), PosixFileLayer.create(), Clock.systemUTC());
  }
}
