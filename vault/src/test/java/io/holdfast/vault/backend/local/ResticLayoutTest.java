package io.holdfast.vault.backend.local;

import static io.holdfast.vault.backend.local.LocalFixture.bytes;
import static io.holdfast.vault.backend.local.LocalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What restic lays out, and how it takes what lies there from us; skipped where it is missing. */
@Timeout(120)
class ResticLayoutTest {
  @TempDir Path directory;
  private LocalFixture theirs;

  @BeforeEach
  void initialize() throws Exception {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "restic"))),
        "restic is not installed");
    theirs = new LocalFixture(directory.resolve("theirs"));
    restic("init");
  }

  private String restic(String... arguments) throws Exception {
    var command = new ProcessBuilder("restic", "--no-cache", "--repo", theirs.root().toString());
    command.command().addAll(Arrays.asList(arguments));
    command.environment().put("RESTIC_PASSWORD", "no secret");
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static TreeMap<String, String> shape(Path root) throws IOException {
    var shape = new TreeMap<String, String>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.filter(Files::isDirectory).toList()) {
        shape.put(
            root.relativize(path).toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    return shape;
  }

  @Test
  @DisplayName("the directories and their modes are those that restic makes")
  void sameShape() throws Exception {
    var ours = new LocalFixture(directory.resolve("ours"));
    try (var backend = ours.open()) {
      backend.create();
      FileId file = write(backend, FileType.CONFIG, bytes(1, 100));
      assertThat(shape(ours.root())).isEqualTo(shape(theirs.root()));
      assertThat(Files.getPosixFilePermissions(ours.path(file)))
          .isEqualTo(Files.getPosixFilePermissions(theirs.path(file)));
    }
  }

  @Test
  @DisplayName("what restic wrote is found, to the byte, and named after its content")
  void readsWhatResticWrote() throws Exception {
    Path source = Files.createDirectory(directory.resolve("source"));
    Files.write(source.resolve("large"), bytes(1, 3_000_000));
    restic("backup", source.toString());
    try (var backend = theirs.open()) {
      backend.create();
      assertThat(backend.exists(FileId.CONFIG)).isTrue();
      for (FileType type :
          new FileType[] {FileType.KEY, FileType.SNAPSHOT, FileType.INDEX, FileType.PACK}) {
        var listed = backend.list(type);
        assertThat(listed).as("%s", type).isNotEmpty();
        for (var each : listed) {
          byte[] content = backend.readAll(FileId.of(type, each.id()));
          assertThat(content).hasSize((int) each.size());
          assertThat(ContentId.of(content)).isEqualTo(each.id());
        }
      }
    }
  }

  @Test
  @DisplayName("restic takes nothing that a writer of ours leaves behind for a file of the vault")
  void resticPassesOverOurLeftovers() throws Exception {
    restic("backup", Files.writeString(directory.resolve("source"), "content").toString());
    String name = ".holdfast-new-0123456789abcdef-1";
    for (String place : new String[] {"", "keys", "locks", "snapshots", "index", "data/ab"}) {
      Files.writeString(theirs.root().resolve(place).resolve(name), "half");
    }
    Files.createFile(theirs.root().resolve(".holdfast-writer-0123456789abcdef"));
    assertThat(restic("check", "--read-data")).contains("no errors were found");
    restic("forget", "--keep-last", "1", "--prune");
    assertThat(restic("snapshots")).contains("1 snapshots");
    assertThat(restic("check", "--read-data")).contains("no errors were found");
  }
}
