package io.holdfast.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.component.UndoRecord.Move;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("P4")
class FileSwapsTest {
  @TempDir Path dir;

  private final FileLayer files = PosixFileLayer.create();
  private UndoRecord record = UndoRecord.ofSwaps(List.of());

  @BeforeEach
  void swaps() throws IOException {
    // A database with a -wal that the restore removes, and a directory of which "cache" is kept.
    write("app.db", "old");
    write("app.db-wal", "old wal");
    write("tree/a", "old a");
    write("tree/cache/c", "cached");
    write(".app.db.staged", "new");
    write(".tree.staged/a", "new a");
    write(".tree.staged/b", "new b");
    record =
        new UndoRecord(
            List.of(
                new Swap(at("app.db-wal"), at(".app.db-wal.staged"), at(".app.db-wal.aside")),
                new Swap(at("app.db"), at(".app.db.staged"), at(".app.db.aside")),
                new Swap(at("tree"), at(".tree.staged"), at(".tree.aside")),
                new Swap(at("fresh"), at(".fresh.staged"), at(".fresh.aside"))),
            List.of(new Move(at("tree/cache"), at(".tree.staged/cache"))),
            Map.of());
    write(".fresh.staged", "fresh");
  }

  private static final Map<String, String> OLD =
      Map.of("app.db", "old", "app.db-wal", "old wal", "tree/a", "old a", "tree/cache/c", "cached");
  private static final Map<String, String> NEW =
      Map.of(
          "app.db",
          "new",
          "tree/a",
          "new a",
          "tree/b",
          "new b",
          "tree/cache/c",
          "cached",
          "fresh",
          "fresh");

  @Test
  void commitsAndFinishesWithoutLeavingAnythingBehind() throws IOException {
    var swaps = new FileSwaps(files, record);
    swaps.commit();
    swaps.finish();
    assertThat(tree()).isEqualTo(NEW);
    swaps.finish();
    assertThat(tree()).isEqualTo(NEW);
  }

  @Test
  @DisplayName(
      "P4: a roll back before, after and long after a commit leaves what was there before, and nothing else")
  void rollsBack() throws IOException {
    var swaps = new FileSwaps(files, record);
    swaps.commit();
    swaps.rollBack();
    assertThat(tree()).isEqualTo(OLD);
    swaps.rollBack();
    assertThat(tree()).isEqualTo(OLD);
  }

  @Test
  @DisplayName("P4: a roll back without a commit removes what was staged and touches nothing live")
  void rollsBackWithoutCommit() throws IOException {
    new FileSwaps(files, record).rollBack();
    assertThat(tree()).isEqualTo(OLD);
  }

  @Test
  @DisplayName("P4: another process rolls back from the journal, whichever rename was the last")
  void rollsBackFromEveryRename() throws IOException {
    List<FileSwaps.Observed> observed = new FileSwaps(files, record).observe();
    int rename = 0;
    boolean whole = false;
    while (!whole) {
      rename++;
      var failing = new RenameLimit(files, rename);
      try {
        new FileSwaps(failing.layer(), record, observed).commit();
        whole = true;
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("limit");
      }
      new FileSwaps(files, record, observed).rollBack();
      assertThat(tree()).as("after rename %d", rename).isEqualTo(OLD);
      new FileSwaps(files, record, observed).rollBack();
      assertThat(tree()).as("after rename %d, again", rename).isEqualTo(OLD);
      write(".app.db.staged", "new");
      write(".tree.staged/a", "new a");
      write(".tree.staged/b", "new b");
      write(".fresh.staged", "fresh");
      observed = new FileSwaps(files, record).observe();
    }
    assertThat(rename)
        .as("renames of a whole commit, and the round that got through")
        .isEqualTo(1 + 1 + 2 + 2 + 1 + 1);
  }

  @Test
  @DisplayName("P4: what an application made while its target was away is kept under another name")
  void keepsWhatAppearedMeanwhile() throws IOException {
    List<FileSwaps.Observed> observed = new FileSwaps(files, record).observe();
    files.rename(at("app.db"), at(".app.db.aside"));
    write("app.db", "made by the application");
    new FileSwaps(files, record, observed).rollBack();
    assertThat(tree()).containsAllEntriesOf(OLD);
    assertThat(tree().entrySet())
        .anyMatch(e ->
            e.getKey().startsWith("app.db.found-")
                && e.getValue().equals("made by the application"));
  }

  @Test
  @DisplayName(
      "P4: what an application wrote into restored state before it was rolled back is kept under another name")
  void keepsWhatWasWrittenIntoTheRestoredState() throws IOException {
    List<FileSwaps.Observed> observed = new FileSwaps(files, record).observe();
    new FileSwaps(files, record, observed).commit();
    write("app.db", "new, and worked on since");
    write("tree/b", "new b, changed");
    new FileSwaps(files, record, observed).rollBack();
    assertThat(tree()).containsAllEntriesOf(OLD);
    assertThat(tree().entrySet())
        .anyMatch(e ->
            e.getKey().startsWith("app.db.found-")
                && e.getValue().equals("new, and worked on since"))
        .anyMatch(
            e -> e.getKey().startsWith("tree.found-") && e.getValue().equals("new b, changed"));
  }

  @Test
  void refusesToOverwriteAnAsideOfAnotherRestore() throws IOException {
    write(".app.db.aside", "precious");
    var swaps = new FileSwaps(files, record);
    assertThatThrownBy(swaps::commit).hasMessageContaining("exists");
    assertThat(Files.readString(dir.resolve(".app.db.aside"))).isEqualTo("precious");
  }

  private FilePath at(String name) {
    return FilePath.of(dir.resolve(name));
  }

  private void write(String name, String content) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Map<String, String> tree() throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile)
          .collect(
              java.util.stream.Collectors.toMap(
                  p -> dir.relativize(p).toString(),
                  p -> {
                    try {
                      return Files.readString(p);
                    } catch (IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                  }));
    }
  }
}
