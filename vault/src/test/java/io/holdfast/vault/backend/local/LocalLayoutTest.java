package io.holdfast.vault.backend.local;

import static io.holdfast.vault.backend.local.LocalFixture.bytes;
import static io.holdfast.vault.backend.local.LocalFixture.id;
import static io.holdfast.vault.backend.local.LocalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend.Listed;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Where files lie, and what else may lie around. */
class LocalLayoutTest {
  @TempDir Path directory;
  private LocalFixture vault;

  @BeforeEach
  void name() {
    vault = new LocalFixture(directory.resolve("above/vault"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.reason()).as(e.toString()).isEqualTo(reason));
  }

  @ParameterizedTest
  @CsvSource({
    "KEY, keys/",
    "LOCK, locks/",
    "SNAPSHOT, snapshots/",
    "INDEX, index/",
    "PACK, data/12/"
  })
  @DisplayName("a file lies where restic looks for it")
  void places(FileType type, String place) {
    String name = "12" + "ab".repeat(31);
    assertThat(vault.path(FileId.of(type, ContentId.parse(name))))
        .isEqualTo(vault.root().resolve(place + name));
    assertThat(vault.path(FileId.CONFIG)).isEqualTo(vault.root().resolve("config"));
  }

  @Test
  @DisplayName("what is made is for its owner, and nobody may write to a file")
  void modes() throws IOException {
    try (var backend = vault.open()) {
      backend.create();
      FileId config = write(backend, FileType.CONFIG, bytes(1, 100));
      FileId pack = write(backend, FileType.PACK, bytes(2, 100));
      assertThat(mode(vault.path(config))).isEqualTo("r--------");
      assertThat(mode(vault.path(pack))).isEqualTo("r--------");
      for (Path made = vault.path(pack).getParent();
          !made.equals(directory);
          made = made.getParent()) {
        assertThat(mode(made)).as("%s", made).isEqualTo("rwx------");
      }
    }
  }

  @Test
  @DisplayName("where the group may read the config, it may read what is made")
  void modesOfSharedVault() throws IOException {
    try (var backend = vault.open()) {
      backend.create();
      FileId config = write(backend, FileType.CONFIG, bytes(1, 100));
      Files.setPosixFilePermissions(
          vault.path(config), PosixFilePermissions.fromString("r--r-----"));
      Path holder = vault.path(id(FileType.PACK, bytes(2, 100))).getParent();
      Files.delete(holder);
      FileId pack = write(backend, FileType.PACK, bytes(2, 100));
      assertThat(mode(vault.path(pack))).isEqualTo("r--r-----");
      assertThat(mode(holder)).isEqualTo("rwxrwx---");
    }
  }

  @Test
  @DisplayName("where the directory of the vault is missing, none is made by writing")
  void missingRoot() throws IOException {
    try (var backend = vault.open()) {
      byte[] content = bytes(1, 10);
      for (FileType type : FileType.values()) {
        FileId file = id(type, content);
        assertRefused(Reason.NOT_FOUND, () -> write(backend, type, content));
        assertRefused(Reason.NOT_FOUND, () -> backend.size(file));
        assertRefused(Reason.NOT_FOUND, () -> backend.readAll(file));
        if (type != FileType.CONFIG) {
          assertRefused(Reason.NOT_FOUND, () -> backend.list(type));
        }
        backend.delete(file);
      }
      assertThat(directory).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "CONFIG")
  @DisplayName("a directory that a copying program left out is empty, and is made when needed")
  void missingDirectory(FileType type) throws IOException {
    Files.createDirectories(vault.root());
    try (var backend = vault.open()) {
      assertThat(backend.list(type)).isEmpty();
      FileId file = write(backend, type, bytes(1, 10));
      assertThat(backend.list(type)).containsExactly(new Listed(file.id().orElseThrow(), 10));
    }
  }

  @Test
  @DisplayName("the vault, its directories and those of packs may be symbolic links")
  void linkedDirectories() throws IOException {
    try (var backend = vault.open()) {
      backend.create();
    }
    byte[] content = bytes(1, 500);
    FileId pack = id(FileType.PACK, content);
    Path holder = vault.path(pack).getParent();
    Path moved = Files.move(holder, directory.resolve("elsewhere"));
    Files.createSymbolicLink(holder, moved);
    Path index = vault.root().resolve("index");
    Files.createSymbolicLink(index, Files.move(index, directory.resolve("other")));
    Path link = Files.createSymbolicLink(directory.resolve("link"), vault.root());

    try (var backend = new LocalFixture(link).open()) {
      backend.create();
      write(backend, FileType.PACK, content);
      FileId file = write(backend, FileType.INDEX, content);
      assertThat(moved.resolve(pack.id().orElseThrow().toString())).hasSize(500);
      assertThat(backend.list(FileType.PACK))
          .containsExactly(new Listed(pack.id().orElseThrow(), 500));
      assertThat(backend.list(FileType.INDEX))
          .containsExactly(new Listed(file.id().orElseThrow(), 500));
      assertThat(backend.readAll(pack)).isEqualTo(content);
      backend.delete(pack);
      backend.delete(file);
      assertThat(moved).isEmptyDirectory();
      assertThat(backend.tidy()).isZero();
    }
  }

  @Test
  @DisplayName("what bears the name of a file and is none is not listed, and reading it fails")
  void otherThingsOfThatName() throws IOException {
    try (var backend = vault.open()) {
      backend.create();
      FileId kept = write(backend, FileType.INDEX, bytes(1, 10));
      FileId folder = id(FileType.INDEX, bytes(2, 10));
      FileId link = id(FileType.INDEX, bytes(3, 10));
      Files.createDirectory(vault.path(folder));
      Files.createSymbolicLink(vault.path(link), vault.path(kept));

      assertThat(backend.list(FileType.INDEX))
          .containsExactly(new Listed(kept.id().orElseThrow(), 10));
      for (FileId other : new FileId[] {folder, link}) {
        assertRefused(Reason.OTHER, () -> backend.size(other));
        assertRefused(Reason.OTHER, () -> backend.read(other, 0, ByteBuffer.allocate(1)));
        assertRefused(Reason.ALREADY_EXISTS, () -> backend.write(other, ByteBuffer.allocate(10)));
      }
    }
  }

  @Test
  @DisplayName("a pack that lies where packs do not lie, or in the wrong place, is not listed")
  void misplacedPacks() throws IOException {
    try (var backend = vault.open()) {
      backend.create();
      Path data = vault.root().resolve("data");
      String name = "12" + "ab".repeat(31);
      Files.writeString(data.resolve(name), "beside");
      Files.writeString(data.resolve("13").resolve(name), "in another one");
      Files.createDirectories(data.resolve("xy"));
      Files.writeString(data.resolve("xy").resolve(name), "in none");
      Files.delete(data.resolve("14"));
      Files.writeString(data.resolve("14"), "no directory");

      assertThat(backend.list(FileType.PACK)).isEmpty();
    }
  }
}
