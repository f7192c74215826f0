package io.holdfast.example.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.posix.PosixFileLayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {
  @TempDir Path home;

  @Test
  @DisplayName("A fresh platform holds what must be in it, and a few thousand files")
  void fresh() throws Exception {
    Platform platform = Platform.create(home, PosixFileLayer.create());

    assertThat(Rows.ofPlatform(0).differences(Databases.read(platform.database()))).isEmpty();
    assertThat(Rows.ofSessions().differences(Databases.read(platform.sessions()))).isEmpty();
    assertThat(Databases.integrity(platform.database())).isEqualTo("ok");
    try (var paths = Files.walk(platform.memory())) {
      assertThat(paths.count()).isBetween(3000L, 5000L);
    }
    assertThat(platform.holdfastYaml()).exists();
    assertThat(platform.checkpoints().resolve("latest/state.json")).exists();
  }

  @Test
  @DisplayName("After a kill the database holds every acknowledged transaction, and none but those")
  void killed() throws Exception {
    Platform platform = Platform.create(home, PosixFileLayer.create());
    long acknowledged;
    try (RunningPlatform running = RunningPlatform.start(platform)) {
      running.awaitCommits(50);
      running.kill();
      acknowledged = running.acknowledged();
    }

    long last = Databases.lastTransaction(platform.database());

    // One may have been committed whose acknowledgement was never said.
    assertThat(last).isBetween(acknowledged, acknowledged + 1);
    assertThat(Rows.ofPlatform(last).differences(Databases.read(platform.database()))).isEmpty();
  }

  @Test
  @DisplayName("A platform that is started again goes on where it was, and answers")
  void startedAgain() throws Exception {
    Platform platform = Platform.create(home, PosixFileLayer.create());
    long first;
    try (RunningPlatform running = RunningPlatform.start(platform)) {
      first = running.awaitCommits(5);
      assertThat(running.sessions()).isEqualTo(Rows.SESSIONS);
    }
    try (RunningPlatform running = RunningPlatform.start(platform)) {
      assertThat(running.awaitCommits(5)).isGreaterThanOrEqualTo(first + 5);
      assertThat(running.logOut()).isZero();
    }

    long last = Databases.lastTransaction(platform.database());
    assertThat(Rows.ofPlatform(last).differences(Databases.read(platform.database()))).isEmpty();
  }

  @Test
  @DisplayName("Rows that are missing, altered or invented are told one by one")
  void differences() throws Exception {
    Platform platform = Platform.create(home, PosixFileLayer.create());
    try (Connection connection = Databases.open(platform.database());
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM agents WHERE id = 3");
      statement.execute("UPDATE budgets SET spent_cents = 1 WHERE agent = 5");
      statement.execute("INSERT INTO tasks VALUES (99999, 1, 'x', 'done', NULL)");
    }

    List<String> differences = Rows.ofPlatform(0).differences(Databases.read(platform.database()));

    assertThat(differences).hasSize(3);
    assertThat(differences.get(0)).startsWith("agents 3: missing");
    assertThat(differences.get(1)).startsWith("budgets 5: expected").contains("found");
    assertThat(differences.get(2)).startsWith("tasks 99999: nobody wrote this row");
  }
}
