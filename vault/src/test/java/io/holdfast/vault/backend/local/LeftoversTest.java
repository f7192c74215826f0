package io.holdfast.vault.backend.local;

import static io.holdfast.vault.backend.local.LocalFixture.FILES;
import static io.holdfast.vault.backend.local.LocalFixture.bytes;
import static io.holdfast.vault.backend.local.LocalFixture.id;
import static io.holdfast.vault.backend.local.LocalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What writers leave behind who die, and what is left alone because its writer lives. */
@Timeout(120)
class LeftoversTest {
  @TempDir Path directory;
  private LocalFixture vault;

  @BeforeEach
  void create() throws IOException {
    vault = new LocalFixture(directory.resolve("vault"));
    try (var backend = vault.open()) {
      backend.create();
    }
  }

  @Test
  @DisplayName("P1: of a writer that was killed, all that it stored is there, and nothing else")
  void killedWriter() throws Exception {
    var stored = new ArrayList<Long>();
    for (int round = 0; round < 3; round++) {
      var writer = WritingProcess.start(vault);
      for (int i = 0; i < 25; i++) {
        stored.add(Long.parseLong(writer.next()));
      }
      writer.kill();
      for (String said = writer.next(); said != null; said = writer.next()) {
        stored.add(Long.parseLong(said));
      }
      try (var backend = vault.open()) {
        for (long seed : stored) {
          byte[] content = bytes(seed, WritingProcess.SIZE);
          assertThat(backend.readAll(id(FileType.PACK, content))).isEqualTo(content);
        }
        var listed = backend.list(FileType.PACK);
        for (var each : listed) {
          byte[] content = backend.readAll(FileId.of(FileType.PACK, each.id()));
          assertThat(ContentId.of(content)).isEqualTo(each.id());
        }
        backend.tidy();
        assertThat(vault.everything()).hasSize(listed.size());
        // The next one begins with the same content.
        for (var each : listed) {
          backend.delete(FileId.of(FileType.PACK, each.id()));
        }
        stored.clear();
      }
    }
  }

  @Test
  @DisplayName("what a living writer writes is left alone by others, and removed once it is dead")
  void livingWriter() throws IOException {
    var removed = new ArrayList<Integer>();
    FileLayer files =
        new ForwardingFileLayer(FILES) {
          @Override
          protected void before(String operation, FilePath path) throws IOException {
            if (operation.equals("renameNew")) {
              try (var other = vault.open()) {
                removed.add(other.tidy());
                other.create();
              }
            }
          }
        };
    try (var backend = vault.open(files)) {
      byte[] content = bytes(1, 1000);
      assertThat(backend.readAll(write(backend, FileType.PACK, content))).isEqualTo(content);
      assertThat(backend.readAll(write(backend, FileType.CONFIG, content))).isEqualTo(content);
      assertThat(backend.tidy()).isZero();
    }
    assertThat(removed).containsExactly(0, 0);
    assertThat(vault.everything()).hasSize(2);
  }

  @Test
  @DisplayName("leftovers are found in every directory, by tidying and by creating")
  void everywhere() throws IOException {
    for (boolean byCreating : new boolean[] {false, true}) {
      var leftovers = new ArrayList<Path>();
      String name = ".holdfast-new-0123456789abcdef-";
      leftovers.add(vault.root().resolve(name + 1));
      leftovers.add(vault.root().resolve("keys").resolve(name + 2));
      leftovers.add(vault.root().resolve("data/00").resolve(name + 3));
      leftovers.add(vault.root().resolve("data/ff").resolve(name + 4));
      for (Path leftover : leftovers) {
        Files.writeString(leftover, "half");
      }
      Files.createFile(vault.root().resolve(".holdfast-writer-fedcba9876543210"));
      try (var backend = vault.open()) {
        for (FileType type : FileType.values()) {
          if (type != FileType.CONFIG) {
            assertThat(backend.list(type)).isEmpty();
          }
        }
        if (byCreating) {
          backend.create();
        } else {
          assertThat(backend.tidy()).isEqualTo(4);
        }
      }
      assertThat(vault.everything()).isEmpty();
    }
  }

  @Test
  @DisplayName("what only looks like a leftover stays")
  void strangers() throws IOException {
    List<String> names =
        List.of(
            ".holdfast-new-0123456789abcdef",
            ".holdfast-new-0123456789abcdef-x",
            ".holdfast-new-0123456789ABCDEF-1",
            ".holdfast-new--1",
            ".holdfast-writer-",
            ".holdfast-writer-0123456789abcdef0",
            "a.holdfast-writer-0123456789abcdef",
            ".holdfast",
            "notes");
    for (String name : names) {
      Files.writeString(vault.root().resolve(name), "mine");
    }
    try (var backend = vault.open()) {
      assertThat(backend.tidy()).isZero();
    }
    assertThat(vault.everything()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  @DisplayName("who only reads, lists and deletes leaves no mark, and who writes removes his")
  void marks() throws IOException {
    try (var backend = vault.open()) {
      backend.list(FileType.PACK);
      backend.exists(FileId.CONFIG);
      backend.delete(FileId.CONFIG);
      assertThat(vault.everything()).isEmpty();
      backend.write(FileId.CONFIG, ByteBuffer.allocate(10));
      assertThat(vault.everything())
          .hasSize(2)
          .contains("config")
          .anyMatch(name -> name.startsWith(".holdfast-writer-"));
    }
    assertThat(vault.everything()).containsExactly("config");
  }
}
