package io.holdfast.cli.demo;

import io.holdfast.cli.json.DemoJson;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.Engine;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.example.platform.Databases;
import io.holdfast.example.platform.Platform;
import io.holdfast.example.platform.Rows;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The restore of everything, and the proof that everything is what it was. */
final class RecoveryScene {
  private final Stage stage;
  private final List<Sabotage> sabotages;
  private final Narrator tell;

  RecoveryScene(Stage stage, List<Sabotage> sabotages) {
    this.stage = stage;
    this.sabotages = sabotages;
    this.tell = stage.tell();
  }

  /**
   * How it went.
   *
   * @param took from the decision to restore to the answer to the first query
   * @param compared how much was compared
   * @param differences what is not as it must be
   */
  record Recovered(
      RestoreOutcome outcome, Duration took, DemoJson.Proof compared, List<String> differences) {}

  Recovered play(Engine engine, BackupScene.Taken taken, DisasterScene.Wreck wreck)
      throws IOException, SQLException {
    tell.step("Restore");
    Platform platform = stage.platform();
    long decision = System.nanoTime();
    RestoreOutcome outcome =
        stage.restore(engine, taken.manifest().runId(), List.of(), Optional.empty());
    Duration restored = Stage.since(decision);
    long last = Databases.lastTransaction(platform.database());
    Duration took = Stage.since(decision);
    tell.line(
        "restore "
            + outcome.run()
            + outcome
                .safetyBackup()
                .map(safety -> ", after safety backup " + safety.runId() + " of the wreck")
                .orElse(""),
        restored);
    tell.good(
        "time to recover: "
            + Formats.duration(took)
            + ", from the decision until the first query answered: transaction "
            + Narrator.number(last));
    for (Sabotage sabotage : sabotages) {
      sabotage.apply(platform);
    }
    return prove(outcome, took, taken, wreck);
  }

  private Recovered prove(
      RestoreOutcome outcome, Duration took, BackupScene.Taken taken, DisasterScene.Wreck wreck)
      throws IOException, SQLException {
    tell.step("Proof");
    Platform platform = stage.platform();
    var differences = new ArrayList<String>();
    var proof = new Proof(taken.acknowledgedBefore(), taken.lastInBackup(), wreck.acknowledged());
    int rows = Rows.ofPlatform(taken.lastInBackup()).count();
    verdict(
        "nothing that was acknowledged before the backup is lost ("
            + Narrator.number(taken.acknowledgedBefore())
            + " transactions)",
        proof.ledger(),
        differences);
    verdict(
        Narrator.number(rows)
            + " rows of 6 tables are those that transactions 1 to "
            + Narrator.number(taken.lastInBackup())
            + " make: none lost, torn or invented",
        proof.rows(platform.database()),
        differences);
    verdict(
        "and those of the database in the backup, row by row",
        Proof.sameRows(taken.database(), platform.database()),
        differences);
    int sessions = Rows.ofSessions().count();
    verdict(sessions + " sessions are there", Proof.sessions(platform), differences);
    QuietStores now = QuietStores.of(platform, stage.files());
    verdict(
        Narrator.number(taken.quiet().paths())
            + " paths: type, SHA-256, mode, time, owner, links, attributes; and none besides",
        taken.quiet().differences(now),
        differences);
    var compared =
        new DemoJson.Proof(
            taken.acknowledgedBefore(),
            taken.lastInBackup(),
            wreck.acknowledged(),
            rows + sessions,
            taken.quiet().paths());
    return new Recovered(outcome, took, compared, differences);
  }

  private void verdict(String compared, List<String> found, List<String> differences) {
    tell.verdict(compared, found);
    differences.addAll(found);
  }
}
