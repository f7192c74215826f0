package io.holdfast.cli.demo;

import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.Table;
import io.holdfast.engine.Engine;
import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.example.platform.Databases;
import io.holdfast.example.platform.Platform;
import io.holdfast.example.platform.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A platform at work, and its backup. */
final class BackupScene {
  private static final int COMMITS = 50;

  private final Stage stage;
  private final RunningPlatform running;
  private final Narrator tell;

  BackupScene(Stage stage, RunningPlatform running) {
    this.stage = stage;
    this.running = running;
    this.tell = stage.tell();
  }

  /**
   * What is known of the state that was backed up.
   *
   * @param acknowledgedBefore the last transaction acknowledged before the backup was asked for
   * @param lastInBackup the last transaction in the backup
   * @param database the database as the backup holds it, restored elsewhere
   * @param quiet the directories
   */
  record Taken(
      Manifest manifest,
      Duration took,
      long acknowledgedBefore,
      long lastInBackup,
      Path database,
      QuietStores quiet) {}

  Taken play(Engine engine) throws IOException, SQLException {
    QuietStores quiet = QuietStores.of(stage.platform(), stage.files());
    long acknowledged = running.awaitCommits(COMMITS);
    describe(quiet, acknowledged);

    tell.step("Backup, while the platform works");
    acknowledged = running.acknowledged();
    long start = System.nanoTime();
    BackupOutcome outcome = engine.backup(BackupRequest.manual(), stage.opener().monitor());
    Duration took = Stage.since(start);
    long acknowledgedAfter = running.acknowledged();
    Manifest manifest = outcome.manifest();
    if (manifest.status() != RunStatus.COMPLETED) {
      throw Stage.failure("the backup", firstFailure(manifest));
    }
    tell.line(
        Formats.size(manifest.sizeBytes()) + " in backup " + manifest.runId() + ", checked", took);
    tell.line(
        (acknowledgedAfter - acknowledged)
            + " transactions were committed meanwhile; nobody was stopped");
    Path database = database(engine, manifest);
    long last = Databases.lastTransaction(database);
    tell.line(
        "before it: transaction "
            + Narrator.number(acknowledged)
            + " acknowledged; in it: all up to "
            + Narrator.number(last));
    show(manifest);
    // So that there is something to lose.
    running.awaitCommits(acknowledgedAfter + COMMITS);
    return new Taken(manifest, took, acknowledged, last, database, quiet);
  }

  private void describe(QuietStores quiet, long acknowledged) throws IOException {
    Platform platform = stage.platform();
    tell.line(platform.home().toString());
    tell.line(
        "database       "
            + Formats.size(Files.size(platform.database()))
            + " in WAL mode, a writer at work: "
            + acknowledged
            + " transactions acknowledged");
    quiet
        .byName()
        .forEach((name, state) ->
            tell.line(
                String.format("%-14s ", name)
                    + Narrator.number(state.files())
                    + " files, "
                    + Formats.size(state.bytes())));
  }

  private void show(Manifest manifest) {
    tell.step("What the backup holds");
    var table = new Table("component", "kind", ">files", ">size", "sha-256", "checked by");
    for (ComponentRecord component : manifest.components()) {
      Artifact main =
          component.artifacts().stream()
              .max(Comparator.comparingLong(Artifact::sizeBytes))
              .orElseThrow();
      table.row(
          component.name().value(),
          component.kind(),
          Narrator.number(component.artifacts().stream().mapToLong(Artifact::files).sum()),
          Formats.size(component.sizeBytes()),
          main.sha256().substring(0, 12) + "…",
          Stream.concat(Stream.of("sha-256"), main.checks().stream().map(CheckResult::name))
              .distinct()
              .collect(Collectors.joining(", ")));
    }
    tell.table(table);
  }

  /** Restores the database alone to another place, to look at what the backup holds. */
  private Path database(Engine engine, Manifest manifest) throws IOException {
    Path elsewhere = stage.platform().home().resolve("elsewhere");
    stage.restore(engine, manifest.runId(), List.of(Stage.DATABASE), Optional.of(elsewhere));
    try (Stream<Path> paths = Files.walk(elsewhere)) {
      return paths
          .filter(path -> path.toString().endsWith(".db"))
          .findFirst()
          .orElseThrow(() -> new IOException("the restore to " + elsewhere + " made no database"));
    }
  }

  private static Optional<ComponentRecord.Failure> firstFailure(Manifest manifest) {
    return manifest
        .failure()
        .or(() -> manifest.components().stream().flatMap(c -> c.failure().stream()).findFirst());
  }
}
