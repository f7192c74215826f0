package io.holdfast.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.configuration.ServerSettings.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsReaderTest {
  private static ServerSettings read(String server) {
    var document =
        SettingsDocument.yaml(
            FilePath.of("/etc/x.yaml"),
            ("server: " + server).getBytes(StandardCharsets.UTF_8),
            Optional.empty());
    ServerSettings settings = ServerSettingsReader.read(document.settings());
    document.done();
    return settings;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://ops.example.org/x", "HTTPS://ops.example.org", "http://[::1]:8/"})
  @DisplayName("an address that can be asked is taken, whatever the case of its scheme")
  void addresses(String url) {
    assertThat(read("{heartbeat: {url: '" + url + "'}}").heartbeat().orElseThrow().url())
        .hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a/", "https:///x", "https://me:s3cret@a/", "ops", "a b"})
  void noAddresses(String url) {
    assertThatThrownBy(() -> read("{heartbeat: {url: '" + url + "'}}"))
        .hasMessageContaining("server.heartbeat.url: found no URL that can be called")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void secretsComeFromACommandToo() {
    ServerSettings settings =
        read(
            """
            {database: {url: "jdbc:postgresql://db/x", user: x, password_command: [pass, show, db]},
             webhooks: {ops: {url: "https://a/", secret_command: [pass, show, ops]}}}
            """);
    assertThat(settings.database().orElseThrow().password())
        .contains(new SecretSource.FromCommand(List.of("pass", "show", "db")));
    assertThat(settings.webhooks())
        .singleElement()
        .extracting(Webhook::secret)
        .isEqualTo(Optional.of(new SecretSource.FromCommand(List.of("pass", "show", "ops"))));
  }

  @ParameterizedTest
  @CsvSource({
    "1MiB, 1048576",
    "200GiB, 214748364800",
    "4TiB, 4398046511104",
    "999999TiB, 1099510528264372224"
  })
  void quotas(String quota, long bytes) {
    assertThat(read("{target: {path: /srv/targets, quota: " + quota + "}}").target())
        .contains(new ServerSettings.Target(FilePath.of("/srv/targets"), OptionalLong.of(bytes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0GiB", "1", "1GB", "1 GiB", "1.5GiB", "-1GiB", "1000000TiB", "GiB", "1gib"})
  void noQuotas(String quota) {
    assertThatThrownBy(() -> read("{target: {path: /srv/targets, quota: " + quota + "}}"))
        .hasMessageContaining("server.target.quota: found")
        .hasMessageContaining("200GiB");
  }

  @Test
  void aTargetNeedsAPath() {
    assertThat(read("{target: {path: /srv/targets}}").target())
        .contains(new ServerSettings.Target(FilePath.of("/srv/targets"), OptionalLong.empty()));
    assertThat(read("{}").target()).isEmpty();
    assertThatThrownBy(() -> read("{target: {}}")).hasMessageContaining("server.target.path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{webhooks: {Ops: {url: 'https://a/'}}}",
        "{webhooks: {ops: {url: 'https://a/', events: [server.request]}}}",
        "{webhooks: {ops: {url: 'https://a/', events: ['backup.notification.*']}}}"
      })
  @DisplayName("a webhook that could not be told of anything is a problem with its line")
  void webhooks(String server) {
    assertThatThrownBy(() -> read(server)).hasMessageContaining("/etc/x.yaml:1:");
  }
}
