package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.CLOCK;
import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.state.IdempotencyStore.Key;
import io.holdfast.server.state.StateDatabases.Opened;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at one file, and processes that are killed. */
class SqliteProcessTest {
  private static final int ROUNDS = Boolean.getBoolean("holdfast.campaign") ? 100 : 4;

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
      String name = "round" + round;
      Map<String, Integer> acknowledged = killedAfter(random.nextInt(1, 300), name);
      Opened opened =
          StateDatabases.open(new StateLocation.Sqlite(FilePath.of(file())), FILES, CLOCK);
      assertThat(opened.warning()).isEmpty();
      try (StateDatabase database = opened.database()) {
        for (int number = 1; number <= acknowledged.getOrDefault("claimed", 0); number++) {
          assertThat(database.idempotency().find(new Key(name, "k" + number))).isPresent();
        }
        for (int number = 1; number <= acknowledged.getOrDefault("begun", 0); number++) {
          assertThat(database.idempotency().find(new Key(name, "k" + number)).orElseThrow().run())
              .contains(TestRuns.id(number));
          assertThat(database.runs().find(TestRuns.id(number))).isPresent();
        }
        for (int number = 1; number <= acknowledged.getOrDefault("ended", 0); number++) {
          RunRecord run = database.runs().find(TestRuns.id(number)).orElseThrow();
          if (number > acknowledged.getOrDefault("begun", 0) || run.finishedAt().isPresent()) {
            assertThat(run.document().orElseThrow()).hasSize(number * 997 % 50_000);
          }
        }
        assertThat(database.runs().running()).hasSizeLessThanOrEqualTo(1);
        assertThat(database.runs().find(TestRuns.id(1)).map(RunRecord::status))
            .isIn(
                java.util.Optional.of(RunStatus.COMPLETED), java.util.Optional.of(RunStatus.RUNNING));
      }
    }
  }

  /** The highest number of each thing that a process had told of when it was killed. */
  private Map<String, Integer> killedAfter(int lines, String name) throws Exception {
    var acknowledged = new HashMap<String, Integer>();
    try (ChildJvm child = ChildJvm.start(StateChild.class, file(), name, "write")) {
      assertThat(child.line()).isEqualTo("open");
      for (int line = 0; line < lines; line++) {
        note(acknowledged, child.line());
      }
      child.kill();
      for (String line = child.line(); line != null; line = child.line()) {
        note(acknowledged, line);
      }
    }
    return acknowledged;
  }

  private static void note(Map<String, Integer> acknowledged, String line) {
    String[] words = line.split(" ", -1);
    acknowledged.put(words[0], Integer.parseInt(words[1]));
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
