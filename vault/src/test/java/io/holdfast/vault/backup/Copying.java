package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSink;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.copy.RepositoryCopy;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.directory.DirectoryRepository;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import io.holdfast.testkit.repository.TestManifests;
import io.holdfast.testkit.repository.TreeRebuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Repositories of both kinds, backups in them, and copies from one to another. */
final class Copying {
  static final ComponentName ALPHA = new ComponentName("alpha");

  private static final Clock CLOCK =
      Clock.fixed(TestManifests.START.plus(Duration.ofDays(1)), ZoneOffset.UTC);

  private Copying() {}

  /** Bytes without any order. */
  static byte[] noise(int seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** A kind of repository. */
  enum Kind {
    DIRECTORY,
    VAULT;

    Repository at(FileLayer files, FilePath place) {
      return switch (this) {
        case DIRECTORY -> new DirectoryRepository(files, CLOCK, place, 1);
        case VAULT ->
            new VaultRepository(
                new TestVault(files, place, "of " + place),
                files,
                CLOCK,
                place.withSuffix(".state"));
      };
    }
  }

  /** Fills a component. */
  @FunctionalInterface
  interface Filling {
    void fill(ArtifactSink sink) throws IOException;
  }

  static BackupStart start(int sequence, Compression compression) {
    return new BackupStart(
        RunId.of(TestManifests.START.plusSeconds(sequence), sequence),
        new BackupId(String.format("%012x", sequence)),
        Trigger.MANUAL,
        compression);
  }

  static void publish(Repository repository, BackupStart start, Map<ComponentName, Filling> all)
      throws IOException {
    try (BackupWriter writer = repository.begin(start)) {
      var artifacts = new TreeMap<ComponentName, List<Artifact>>();
      for (var entry : new TreeMap<>(all).entrySet()) {
        try (var component = writer.component(entry.getKey(), new Cancellation(), b -> {})) {
          entry.getValue().fill(component.sink());
          artifacts.put(entry.getKey(), component.artifacts());
        }
      }
      writer.verify(new Cancellation(), b -> {});
      writer.publish(TestManifests.of(start, RunStatus.COMPLETED, artifacts));
    }
  }

  static CopyOutcome copy(
      Repository source, Repository target, List<RunId> runs, RunMonitor monitor) {
    return new RepositoryCopy(source::open, target, new Random(5), monitor).execute(runs);
  }

  /** The bytes of a backup's manifest. */
  static String manifest(Repository repository, RunId run) throws IOException {
    try (BackupReader reader = repository.open(run)) {
      return new String(ManifestFiles.of(reader.stored()).manifest(), StandardCharsets.UTF_8);
    }
  }

  /** What is wrong with a backup's content. */
  static List<?> problems(Repository repository, RunId run) throws IOException {
    try (BackupReader reader = repository.open(run)) {
      return reader.verify(
          reader.manifest().components().stream().map(c -> c.name()).toList(),
          new Cancellation(),
          b -> {});
    }
  }

  /** Restores a tree of a backup. */
  static void rebuild(
      Repository repository, RunId run, String name, FileLayer files, FilePath target)
      throws IOException {
    try (BackupReader reader = repository.open(run)) {
      var rebuilder = new TreeRebuilder(files, target);
      reader.artifacts(ALPHA, new Cancellation(), b -> {}).tree(name, rebuilder);
      rebuilder.finish();
    }
  }
}
