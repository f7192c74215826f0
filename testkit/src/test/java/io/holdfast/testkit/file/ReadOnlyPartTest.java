package io.holdfast.testkit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.file.ReadOnlyPart;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read-only is read, and nothing else but locked. */
class ReadOnlyPartTest {
  @TempDir Path room;
  private FileLayer files = PosixFileLayer.create();
  private FilePath part = FilePath.of("/");
  private FilePath file = FilePath.of("/");
  private FilePath outside = FilePath.of("/");

  @BeforeEach
  void make() throws IOException {
    Files.writeString(Files.createDirectory(room.resolve("part")).resolve("file"), "content");
    Files.writeString(room.resolve("outside"), "content");
    part = FilePath.of(room.resolve("part"));
    file = part.resolve("file");
    outside = FilePath.of(room.resolve("outside"));
    files = new ReadOnlyPart(PosixFileLayer.create(), part);
  }

  @Test
  @DisplayName("whatever would change it is refused, as on a read-only file system")
  void refused() throws IOException {
    byte[] text = "x".getBytes(StandardCharsets.UTF_8);
    FilePath fresh = part.resolve("new");
    List<ThrowingCallable> changes =
        List.of(
            () -> files.create(fresh, 0600).close(),
            () -> files.createDirectory(fresh, 0700),
            () -> files.createSymlink(fresh, text),
            () -> files.createHardLink(fresh, outside),
            () -> files.createSpecial(fresh, FileType.FIFO, 0600, 0),
            () -> files.setAttribute(file, "user.x".getBytes(StandardCharsets.UTF_8), text),
            () -> files.setMode(file, 0600),
            () -> files.setOwner(file, 0, 0),
            () -> files.setModified(file, new FileTime(0, 0)),
            () -> files.rename(file, outside),
            () -> files.rename(outside, fresh),
            () -> files.renameNew(file, part.parent().resolve("moved")),
            () -> files.renameNew(outside, fresh),
            () -> files.deleteDirectory(part),
            () -> FileTrees.replaceAtomically(files, file, text, 0600));
    for (ThrowingCallable change : changes) {
      assertThatThrownBy(change)
          .isInstanceOfSatisfying(
              FileLayerException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.READ_ONLY));
    }

    assertThat(room.resolve("outside")).hasContent("content");
    assertThat(FileTrees.readAll(files, file, 100)).asString().isEqualTo("content");
    assertThat(files.list(part)).hasSize(1);
  }

  @Test
  @DisplayName("it is locked where it is there, against everybody, and given back")
  void locked() throws IOException {
    FilePath lock = part.resolve("lock");
    Optional<HeldLock> held = files.tryLock(lock);

    assertThat(held).isPresent();
    assertThat(PosixFileLayer.create().tryLock(lock)).isEmpty();
    files.delete(lock);
    held.orElseThrow().close();
    assertThatThrownBy(() -> files.tryLock(part.resolve("missing/lock")))
        .isInstanceOf(FileLayerException.class);
  }
}
