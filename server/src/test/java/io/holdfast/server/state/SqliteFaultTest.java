package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static io.holdfast.server.state.StateFixture.NOON;
import static io.holdfast.server.state.TestRuns.backup;
import static io.holdfast.server.state.TestRuns.ended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.file.Mount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens to the file while it is open. */
class SqliteFaultTest extends SqliteRoom {
  @Test
  void onAFullDiskWritesFailAndReadsGoOnUntilThereIsRoomAgain() throws Exception {
    try (var mounted = Mount.tmpfs(FILES, FilePath.of(room).resolve("mount"), "size=3m");
        StateDatabase database = open(mounted.at().resolve("state.db")).database()) {
      database.runs().put(backup(1, Trigger.MANUAL, NOON));
      Path filler = Path.of(mounted.at().toString(), "filler");
      fill(filler);
      String document = "x".repeat(1 << 20);
      for (int time = 0; time < 3; time++) {
        assertThatThrownBy(
                () -> database.runs().put(ended(backup(1, Trigger.MANUAL, NOON), document)))
            .isInstanceOf(StateException.class)
            .hasMessageContaining("could not remember run " + TestRuns.id(1) + ": ")
            .hasMessageContaining("no room is left where it lies");
        database.probe();
        assertThat(database.runs().running()).containsExactly(backup(1, Trigger.MANUAL, NOON));
      }
      assertThatThrownBy(() -> open(mounted.at().resolve("new.db")))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("could not open: state database ")
          .hasMessageContaining("room");
      Files.delete(filler);
      database.runs().put(ended(backup(1, Trigger.MANUAL, NOON), document));
      assertThat(database.runs().running()).isEmpty();
    }
  }

  private static void fill(Path filler) {
    try (var channel =
        Files.newByteChannel(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int step = 1 << 16; step > 0; step = step == 1 ? 0 : step / 16) {
        fill(channel, step);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void fill(WritableByteChannel channel, int step) {
    try {
      while (true) {
        channel.write(ByteBuffer.allocate(step));
      }
    } catch (IOException full) {
      // As wanted.
    }
  }

  @Test
  void aLockOfAnotherProcessFailsWritesWhileItLasts() throws Exception {
    try (StateDatabase database = open().database()) {
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
          var statement = connection.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        assertThatThrownBy(() -> database.settings().put("a", VALUE))
            .isInstanceOf(StateException.class)
            .hasMessage(
                "could not store the setting a: state database %s: another process holds a lock on"
                        .formatted(file())
                    + " it; it works again once that lock is gone");
        assertThat(database.settings().all()).isEmpty();
      }
      database.settings().put("a", VALUE);
    }
  }

  @Test
  void moreWritersThanALockedDiskTakesAreToldSo() throws Exception {
    try (StateDatabase database = open().database();
        var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      var outcomes =
          AllAtOnce.run(
              12,
              number -> {
                try {
                  database.settings().put("a" + number, VALUE);
                  return "done";
                } catch (StateException e) {
                  return e.getMessage();
                }
              });
      assertThat(outcomes)
          .allMatch(message -> message.startsWith("could not store the setting"))
          .anyMatch(message -> message.contains("no connection to it came free in time"));
      statement.execute("ROLLBACK");
      database.settings().put("a", VALUE);
    }
  }

  @Test
  void aFileThatIsDeletedIsMissedByEveryCallUntilItIsBack() throws Exception {
    try (StateDatabase database = open().database()) {
      database.settings().put("a", VALUE);
      Path away = room.resolve("away");
      Files.move(file(), away);
      assertThatThrownBy(database::probe)
          .isInstanceOf(StateException.class)
          .hasMessageContaining("state database " + file() + ": its file is gone");
      assertThatThrownBy(() -> database.settings().put("b", VALUE))
          .isInstanceOf(StateException.class);
      Files.move(away, file());
      database.probe();
      assertThat(database.settings().all()).containsOnlyKeys("a");
    }
  }

  @Test
  void aDirectoryThatIsDeletedIsMissed() throws Exception {
    Path directory = Files.createDirectory(room.resolve("d"));
    try (StateDatabase database = open(FilePath.of(directory).resolve("state.db")).database()) {
      Files.move(directory, room.resolve("elsewhere"));
      assertThatThrownBy(database::probe)
          .isInstanceOf(StateException.class)
          .hasMessageContaining("its file is gone");
    }
  }

  @Test
  void aFileThatIsReplacedIsNotWrittenToNorTakenForTheOldOne() throws Exception {
    try (StateDatabase database = open().database()) {
      Files.copy(file(), room.resolve("copy"));
      Files.delete(file());
      Files.move(room.resolve("copy"), file());
      assertThatThrownBy(() -> database.settings().put("a", VALUE))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("its file was replaced by another");
    }
  }

  @Test
  void damageThatIsMetWhileItIsOpenIsSaid() throws Exception {
    try (StateDatabase database = open().database()) {
      IntStream.rangeClosed(1, 200)
          .mapToObj(number -> ended(backup(number, Trigger.MANUAL, NOON), "x".repeat(3000)))
          .forEach(database.runs()::put);
    }
    try (StateDatabase database = open().database()) {
      byte[] content = Files.readAllBytes(file());
      Arrays.fill(content, 4096, content.length, (byte) 0x5a);
      Files.write(file(), content);
      assertThatThrownBy(() -> database.runs().page(RunStoreContract.ALL, Optional.empty(), 200))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("it is damaged; stop the server, move the file aside");
    }
  }
}
