package io.holdfast.server.state;

import static io.holdfast.server.state.StateDatabaseContract.FILES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.server.state.StateDatabases.Opened;
import io.holdfast.testkit.file.Mount;
import io.holdfast.testkit.file.Privileges;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/** Opening a file: where it may lie, whose it is, and what becomes of one that is no good. */
class SqliteOpeningTest extends SqliteRoom {
  @Test
  void theFileAndItsCompanionsBelongToTheirOwnerAlone() throws Exception {
    FilePath path = FilePath.of(room).resolve("var/lib/state.db");
    try (StateDatabase database = open(path).database()) {
      database.settings().put("a", VALUE);
      assertThat(FILES.list(path.parent()).stream().map(FilePath::display))
          .containsExactly("state.db", "state.db-shm", "state.db-wal", "state.db.lock");
      for (byte[] name : FILES.list(path.parent())) {
        FilePath file = path.parent().resolve(name);
        assertThat(FILES.find(file).orElseThrow().mode()).as("%s", file).isEqualTo(0600);
      }
      assertThat(FILES.find(path.parent()).orElseThrow().mode()).isEqualTo(0700);
      assertThat(FILES.find(path.parent().parent()).orElseThrow().mode()).isEqualTo(0700);
    }
  }

  @Test
  void aFileThatOthersCouldReadIsClosedToThemAndItsDirectoryIsLeftAlone() throws Exception {
    store();
    FILES.setMode(path(), 0644);
    FILES.setMode(path().parent(), 0755);
    open().database().close();
    assertThat(FILES.find(path()).orElseThrow().mode()).isEqualTo(0600);
    assertThat(FILES.find(path().parent()).orElseThrow().mode()).isEqualTo(0755);
  }

  @Test
  void anyPathWillDo() throws Exception {
    byte[] noText = {'s', (byte) 0xff, '?', 'm', 'o', 'd', 'e', '=', 'r', 'o', '#', '%', '4', '1'};
    FilePath path = FilePath.of(room).resolve("a b?c#d%20").resolve(noText);
    try (StateDatabase database = open(path).database()) {
      database.settings().put("a", VALUE);
    }
    assertThat(FILES.find(path)).isPresent();
    assertThat(names()).containsExactly("a b?c#d%20");
    try (StateDatabase database = open(path).database()) {
      assertThat(database.settings().all()).containsEntry("a", VALUE);
    }
  }

  @Test
  void symbolicLinksAreFollowed() throws Exception {
    Files.createDirectory(room.resolve("real"));
    FILES.createSymlink(FilePath.of(room).resolve("link"), "real".getBytes(UTF_8));
    try (StateDatabase database = open(path().parent().resolve("link/state.db")).database()) {
      database.settings().put("a", VALUE);
      FILES.createSymlink(path(), "link/state.db".getBytes(UTF_8));
      try (StateDatabase other = open().database()) {
        assertThat(other.settings().all()).containsEntry("a", VALUE);
        other.probe();
      }
    }
    assertThat(names()).containsExactly("link", "real", "state.db");
  }

  @Test
  void anEmptyFileIsANewDatabase() throws Exception {
    Files.createFile(room.resolve("state.db"));
    Opened opened = open();
    assertThat(opened.warning()).isEmpty();
    opened.database().close();
  }

  @Test
  void aFileThatIsLockedIsLeftAlone() throws Exception {
    store();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      assertThatThrownBy(() -> open())
          .isInstanceOf(StateException.class)
          .hasMessage(
              "could not open: state database %s: another process holds a lock on it; it works"
                      .formatted(path())
                  + " again once that lock is gone");
    }
    assertUntouched();
  }

  private void assertUntouched() {
    try (StateDatabase database = open().database()) {
      assertThat(database.settings().all()).hasSize(STORED);
    }
    assertThat(room).isDirectoryNotContaining(file -> file.toString().contains("damaged"));
  }

  @Test
  void aServerThatTakesLongToOpenItKeepsAnotherWaiting() throws Exception {
    store();
    try (var _ = FILES.tryLock(path().withSuffix(".lock")).orElseThrow()) {
      assertThatThrownBy(() -> open())
          .isInstanceOf(StateException.class)
          .hasMessageContaining("another process is just opening it");
    }
    assertUntouched();
  }

  @Test
  void aFileThatMayNotBeReadIsLeftAlone() throws Exception {
    store();
    FILES.setMode(path().parent(), 0755);
    FILES.setMode(path().withSuffix(".lock"), 0666);
    Privileges.asNobody(() -> {
      assertThatThrownBy(() -> open())
          .isInstanceOf(StateException.class)
          .hasMessageContaining("could not open: state database " + path());
      return true;
    });
    assertUntouched();
  }

  @Test
  void aFileOfAnotherThatMayOnlyBeReadIsRefusedAtOnce() throws Exception {
    store();
    try (var mounted = Mount.tmpfs(FILES, path().parent().resolve("mount"), "size=4m")) {
      FilePath copy = mounted.at().resolve("state.db");
      Files.copy(file(), Path.of(copy.toString()));
      FILES.tryLock(copy.withSuffix(".lock")).orElseThrow().close();
      mounted.remount("ro");
      assertThatThrownBy(() -> open(copy))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("could not open: state database " + copy);
      mounted.remount("rw");
      assertThat(FILES.list(mounted.at()).stream().map(FilePath::display))
          .containsExactly("state.db", "state.db.lock");
    }
  }

  @Test
  void whatIsNoFileIsLeftAlone() throws Exception {
    Files.createDirectory(room.resolve("state.db"));
    assertThatThrownBy(() -> open())
        .isInstanceOf(StateException.class)
        .hasMessageContaining("state database " + path());
  }

  @Test
  void aDirectoryThatCannotBeMadeIsAnError() throws Exception {
    Files.writeString(room.resolve("file"), "");
    assertThatThrownBy(() -> open(FilePath.of(room).resolve("file/state.db")))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("not a directory");
    FILES.createSymlink(path(), "nowhere/state.db".getBytes(UTF_8));
    assertThatThrownBy(() -> open()).isInstanceOf(StateException.class);
  }

  @Test
  void theFileOfAnotherProgramIsLeftAlone() throws Exception {
    Path file = room.resolve("state.db");
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE customers(name)");
    }
    assertThatThrownBy(() -> open())
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID));
    assertThat(names()).containsExactly("state.db", "state.db.lock");
  }
}
