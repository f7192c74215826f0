package io.holdfast.engine.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.configuration.SecretSource.FromCommand;
import io.holdfast.engine.configuration.SecretSource.InEnvironment;
import io.holdfast.engine.configuration.SecretSource.InFile;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretSourceTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path dir;

  private static Optional<SecretSource> read(String yaml) {
    var document =
        SettingsDocument.yaml(
            FilePath.of("/etc/x.yaml"), yaml.getBytes(StandardCharsets.UTF_8), Optional.empty());
    Optional<SecretSource> source = SecretSource.read(document.settings(), "key");
    document.done();
    return source;
  }

  private static String fetch(SecretSource source) {
    return source.fetch(PosixFileLayer.create(), Map.of("KEY", "by-variable")::get);
  }

  private static FromCommand shell(String script, String... arguments) {
    var words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    words.addAll(List.of(arguments));
    return new FromCommand(words);
  }

  @Test
  void isSaidInOneOfThreeWays() {
    assertThat(read("{}")).isEmpty();
    assertThat(read("key_file: /run/key")).contains(new InFile(FilePath.of("/run/key")));
    assertThat(read("key_env: KEY")).contains(new InEnvironment("KEY"));
    assertThat(read("key_command: [pass, show, it]"))
        .contains(new FromCommand(List.of("pass", "show", "it")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{key_file: /run/key, key_env: KEY} | key_env: found key_file and key_env",
        "{key_env: KEY, key_command: [a]}   | key_command: found key_env and key_command",
        "{key_file: /k, key_env: K, key_command: [a]} | found key_file and key_env and key_command"
      })
  void isSaidOnce(String yaml, String problem) {
    assertThatThrownBy(() -> read(yaml)).hasMessageContaining(problem);
  }

  @Test
  @DisplayName("one line break at the end is no part of a secret, whatever it comes from")
  void oneLineBreakIsCut() throws IOException {
    Path file = Files.writeString(dir.resolve("key"), "by-file\n");
    assertThat(fetch(new InFile(FilePath.of(file)))).isEqualTo("by-file");
    assertThat(fetch(new InEnvironment("KEY"))).isEqualTo("by-variable");
    assertThat(fetch(shell("printf '%s\\n\\n' by-command"))).isEqualTo("by-command\n");
    assertThat(fetch(shell("printf '  spaces count '"))).isEqualTo("  spaces count ");
  }

  @Test
  @DisplayName("arguments are given as they stand: no shell reads them")
  void withoutAShell() {
    assertThat(fetch(new FromCommand(List.of("printf", "%s", "$HOME `id` *"))))
        .isEqualTo("$HOME `id` *");
  }

  @Test
  @DisplayName("a command that fails is told by its name, without what it printed and was given")
  void failures() {
    assertFails(shell("echo s3cret; echo s3cret >&2; exit 3", "s3cret"), "exit code 3");
    assertFails(shell("exit 0"), "printed nothing");
    assertFails(new FromCommand(List.of(dir + "/nowhere", "s3cret")), "cannot be started");
    assertFails(shell("head -c 70000 /dev/zero"), "more than 65536 bytes");
    assertThat(shell("echo s3cret").toString()).isEqualTo("command sh");
  }

  private static void assertFails(FromCommand command, String why) {
    assertThatThrownBy(() -> fetch(command))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(e.message()).contains(command.words().getFirst(), why);
              for (Throwable at = e; at != null; at = at.getCause()) {
                assertThat(at.toString()).doesNotContain("s3cret");
              }
            });
  }

  @Test
  @DisplayName("a command that hangs is killed with its children, also after it has printed")
  void hangs() throws Exception {
    for (String script : List.of("sleep 1000", "echo secret; exec >&-; sleep 1000")) {
      Path pid = dir.resolve("pid");
      var command =
          new SecretCommand(
              List.of("sh", "-c", "echo $$ > " + pid + "; " + script), Duration.ofSeconds(1), 100);
      assertThatThrownBy(command::output)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("took longer than 1 s");
      ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
          .ifPresent(left -> left.onExit().join());
    }
    assertThat(new SecretCommand(List.of("echo", "quick"), LONG, 100).output())
        .isEqualTo("quick\n");
  }
}
