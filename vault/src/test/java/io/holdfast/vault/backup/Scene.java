package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.repository.TestManifests;
import io.holdfast.vault.backend.BackendFault;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.restic.ResticProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Vaults in memory with backups of a few files, each named by a number that is its content. */
final class Scene {
  static final Clock CLOCK =
      Clock.fixed(TestManifests.START.plus(Duration.ofDays(1)), ZoneOffset.UTC);
  static final ComponentName ALPHA = new ComponentName("alpha");

  private final FileLayer files = PosixFileLayer.create();
  private final Path temporary;
  private int states;

  Scene(Path temporary) {
    this.temporary = temporary;
  }

  /** A repository of its own state, without faults. */
  VaultRepository repository(MemoryBackend.Storage storage) {
    return repository(new FaultyVault(storage, BackendFault.none()));
  }

  VaultRepository repository(VaultSetting setting) {
    return repository(setting, newState());
  }

  VaultRepository repository(VaultSetting setting, FilePath state) {
    return new VaultRepository(setting, files, CLOCK, state);
  }

  FilePath newState() {
    return FilePath.of(temporary.resolve("state" + ++states));
  }

  static BackupStart start(int sequence) {
    return new BackupStart(
        RunId.of(TestManifests.START, sequence),
        new BackupId(String.format("%012x", sequence)),
        Trigger.MANUAL,
        Compression.ZSTD);
  }

  static RunId run(int sequence) {
    return start(sequence).run();
  }

  /** What the file of a number holds. */
  static byte[] content(int number) {
    byte[] bytes = new byte[300_000];
    new Random(number).nextBytes(bytes);
    return bytes;
  }

  /** A backup under way, with these files. */
  static BackupWriter write(
      VaultRepository repository,
      int sequence,
      Map<ComponentName, List<Artifact>> into,
      int... files)
      throws IOException {
    BackupWriter writer = repository.begin(start(sequence));
    try (var component = writer.component(ALPHA, new Cancellation(), bytes -> {})) {
      for (int file : files) {
        component.sink().file("file" + file, new BytesContent(content(file)));
      }
      into.put(ALPHA, component.artifacts());
    }
    writer.verify(new Cancellation(), bytes -> {});
    return writer;
  }

  static void publish(VaultRepository repository, int sequence, int... files) throws IOException {
    var artifacts = new java.util.HashMap<ComponentName, List<Artifact>>();
    try (BackupWriter writer = write(repository, sequence, artifacts, files)) {
      writer.publish(TestManifests.of(start(sequence), RunStatus.COMPLETED, artifacts));
    }
  }

  /** Fails unless a backup holds these files as they were. */
  static void requireWhole(VaultRepository repository, int sequence, int... files)
      throws IOException {
    try (BackupReader reader = repository.open(run(sequence))) {
      var artifacts = reader.artifacts(ALPHA, new Cancellation(), b -> {});
      for (int file : files) {
        try (Content.Reader content = artifacts.file("file" + file).open()) {
          var all = ByteBuffer.allocate(Math.toIntExact(content.size()));
          while (all.hasRemaining() && content.read(all) > 0) {}
          assertThat(all.array()).isEqualTo(content(file));
        }
      }
      assertThat(reader.verify(List.of(ALPHA), new Cancellation(), b -> {})).isEmpty();
    }
  }

  /** A vault in memory, put on disk for restic. */
  ResticProgram restic(MemoryBackend.Storage storage) throws IOException {
    Path directory = Files.createDirectory(temporary.resolve("restic" + ++states));
    var program = new ResticProgram(directory, QuickVault.PASSWORD.getBytes(UTF_8));
    try (var backend =
        new LocalBackend(files, FilePath.of(program.repository()), new SecureRandom())) {
      backend.create();
      for (Map.Entry<FileId, byte[]> file : storage.files().entrySet()) {
        backend.write(file.getKey(), ByteBuffer.wrap(file.getValue()));
      }
    }
    return program;
  }
}
