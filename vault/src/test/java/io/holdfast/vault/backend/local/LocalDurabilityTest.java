package io.holdfast.vault.backend.local;

import static io.holdfast.vault.backend.local.LocalFixture.FILES;
import static io.holdfast.vault.backend.local.LocalFixture.bytes;
import static io.holdfast.vault.backend.local.LocalFixture.id;
import static io.holdfast.vault.backend.local.LocalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.file.Mount;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made durable, in which order; and what happens when there is no room. */
class LocalDurabilityTest {
  private static final byte[] CONTENT = bytes(1, 4000);
  private static final FileId FILE = id(FileType.PACK, CONTENT);

  @TempDir Path directory;
  private LocalFixture vault;

  @BeforeEach
  void create() throws IOException {
    vault = new LocalFixture(directory.resolve("vault"));
    try (var backend = vault.open()) {
      backend.create();
    }
  }

  private static List<String> mutations(FaultFileLayer files, String place) {
    return files.trace().stream()
        .filter(operation -> operation.mutating() || operation.name().equals("close"))
        .filter(operation -> operation.path().toString().contains(place))
        .map(operation -> operation.name())
        .toList();
  }

  @Test
  @DisplayName("content is durable before the file has its name, and the name before the end")
  void orderOfWriting() throws IOException {
    var files = new FaultFileLayer(FILES, FaultPlan.none());
    try (var backend = vault.open(files)) {
      backend.write(FILE, ByteBuffer.wrap(CONTENT));
    }
    assertThat(mutations(files, "/data/"))
        .containsExactly("create", "write", "sync", "close", "renameNew", "sync");
    assertThat(files.trace())
        .filteredOn(operation -> operation.name().equals("sync"))
        .last()
        .extracting(operation -> operation.path())
        .isEqualTo(FilePath.of(vault.path(FILE).getParent()));
  }

  @Test
  @DisplayName("a deletion is durable, even one that finds nothing")
  void deletion() throws IOException {
    try (var backend = vault.open()) {
      backend.write(FILE, ByteBuffer.wrap(CONTENT));
    }
    for (int i = 0; i < 2; i++) {
      var files = new FaultFileLayer(FILES, FaultPlan.none());
      try (var backend = vault.open(files)) {
        backend.delete(FILE);
      }
      assertThat(mutations(files, "/data/")).containsExactly("delete", "sync");
    }
  }

  @Test
  @DisplayName("who is told that a name is taken can rely on what bears it")
  void takenIsDurable() throws IOException {
    try (var backend = vault.open()) {
      backend.write(FILE, ByteBuffer.wrap(CONTENT));
    }
    var files = new FaultFileLayer(FILES, FaultPlan.none());
    try (var backend = vault.open(files)) {
      assertThatThrownBy(() -> backend.write(FILE, ByteBuffer.wrap(CONTENT)))
          .isInstanceOf(BackendException.class);
    }
    assertThat(mutations(files, "/data/")).containsExactly("sync");
  }

  @Test
  @DisplayName("a full disk is FULL, leaves nothing behind, and takes a smaller file")
  void fullDisk() throws IOException {
    var files = new FaultFileLayer(FILES, FaultPlan.fullAfter(3000));
    try (var backend = vault.open(files)) {
      assertThatThrownBy(() -> backend.write(FILE, ByteBuffer.wrap(CONTENT)))
          .isInstanceOfSatisfying(
              BackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FULL));
      assertThat(backend.list(FileType.PACK)).isEmpty();
    }
    assertThat(vault.everything()).isEmpty();
  }

  @Test
  @DisplayName("the same on a real disk that is full")
  void reallyFullDisk() throws Exception {
    FilePath at = FilePath.of(directory).resolve("mounted");
    try (var mount = Mount.tmpfs(FILES, at, "size=2m")) {
      var small = new LocalFixture(Path.of(mount.at().toString()).resolve("vault"));
      try (var backend = small.open()) {
        backend.create();
        byte[] large = bytes(3, 4 << 20);
        assertThatThrownBy(() -> write(backend, FileType.PACK, large))
            .isInstanceOfSatisfying(
                BackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FULL));
        FileId fits = write(backend, FileType.PACK, CONTENT);
        assertThat(backend.readAll(fits)).isEqualTo(CONTENT);
      }
      assertThat(small.everything()).hasSize(1);
      mount.remount("ro");
      try (var backend = small.open()) {
        assertThat(backend.readAll(FILE)).isEqualTo(CONTENT);
        assertThat(backend.list(FileType.PACK)).hasSize(1);
        assertThatThrownBy(() -> write(backend, FileType.PACK, bytes(4, 10)))
            .isInstanceOfSatisfying(
                BackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN));
        assertThatThrownBy(() -> backend.delete(FILE))
            .isInstanceOfSatisfying(
                BackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FORBIDDEN));
      }
    }
  }

  @Test
  @DisplayName("a writer whose new file was taken away may try again")
  void newFileTakenAway() throws IOException {
    FileLayer files =
        new ForwardingFileLayer(FILES) {
          @Override
          protected void before(String operation, FilePath path) throws IOException {
            if (operation.equals("renameNew")) {
              FILES.delete(path);
            }
          }
        };
    try (var backend = vault.open(files)) {
      assertThatThrownBy(() -> backend.write(FILE, ByteBuffer.wrap(CONTENT)))
          .isInstanceOfSatisfying(
              BackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TRANSIENT));
    }
    assertThat(vault.everything()).isEmpty();
  }
}
