package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.CLOCK;
import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.state.StateDatabases.Opened;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at one file, and processes that are killed. */
class SqliteProcessTest {
  private static final int ROUNDS = Boolean.getBoolean("holdfast.campaign") ? 100 : 4;
  private static final int ROUND_SIZE = 5_000;

  @TempDir Path room;

  private String file() {
    return room.resolve("state.db").toString();
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: a process is killed while it writes, and nothing that it was promised is lost")
  void nothingAcknowledgedIsLost() throws Exception {
    var random = new Random(20261121);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> acknowledged = killedAfter(random.nextInt(1, 300), 1 + round * ROUND_SIZE);
      Opened opened =
          StateDatabases.open(new StateLocation.Sqlite(FilePath.of(file())), FILES, CLOCK);
      try (StateDatabase database = opened.database()) {
        assertThat(opened.warning()).isEmpty();
        acknowledged.forEach(line -> assertRemembered(database, line));
        assertThat(database.runs().running()).hasSizeLessThanOrEqualTo(round + 1);
      }
    }
  }

  /** All that a process had told of when it was killed, after so many lines or a few more. */
  private List<String> killedAfter(int lines, int first) throws Exception {
    var acknowledged = new ArrayList<String>();
    try (ChildJvm child =
        ChildJvm.start(StateChild.class, file(), "child", "write", Integer.toString(first))) {
      assertThat(child.line()).isEqualTo("open");
      while (acknowledged.size() < lines) {
        acknowledged.add(child.line());
      }
      child.kill();
      for (String line = child.line(); line != null; line = child.line()) {
        acknowledged.add(line);
      }
    }
    return acknowledged;
  }

  private static void assertRemembered(StateDatabase database, String line) {
    String[] words = line.split(" ", -1);
    int number = Integer.parseInt(words[1]);
    var key = database.idempotency().find(new IdempotencyStore.Key("backup", "k" + number));
    var run = database.runs().find(TestRuns.id(number));
    assertThat(key).as(line).isPresent();
    switch (words[0]) {
      case "claimed" -> {}
      case "begun" -> {
        assertThat(key.orElseThrow().run()).contains(TestRuns.id(number));
        assertThat(run).as(line).isPresent();
      }
      case "ended" -> {
        assertThat(run.orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.orElseThrow().document().orElseThrow()).hasSize(number * 997 % 50_000);
      }
      default -> throw new AssertionError(line);
    }
  }

  @Test
  @Tag("P10")
  @DisplayName("P10: of several processes that claim the same keys, exactly one wins each")
  void oneProcessWins() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int number = 0; number < 4; number++) {
        children.add(ChildJvm.start(StateChild.class, file(), "p" + number, "claim"));
      }
      for (ChildJvm child : children) {
        assertThat(child.line()).isEqualTo("open");
      }
      int keys = 100;
      for (int key = 0; key < keys; key++) {
        for (ChildJvm child : children) {
          child.tell("key" + key);
        }
      }
      for (int key = 0; key < keys; key++) {
        var outcomes = new ArrayList<String>();
        for (ChildJvm child : children) {
          outcomes.add(child.line());
        }
        assertThat(outcomes).as("key%d", key).containsOnlyOnce("won").contains("lost");
      }
    } finally {
      for (ChildJvm child : children) {
        child.close();
      }
    }
  }
}
