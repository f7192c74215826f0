package io.holdfast.cli.demo;

import io.holdfast.cli.json.DemoJson;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.Engine;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.run.RunId;
import io.holdfast.example.platform.Platform;
import io.holdfast.example.platform.RunningPlatform;
import io.holdfast.server.document.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Backs up a platform at work, destroys it, restores it, and proves that it is what it was. */
public final class Demo {
  private final EngineOpener opener;
  private final FileLayer files;
  private final Narrator tell;
  private final List<Sabotage> sabotages;

  /**
   * @param sabotages what to damage after the restore; nothing but to see the proof fail
   */
  public Demo(EngineOpener opener, FileLayer files, Narrator tell, List<Sabotage> sabotages) {
    this.opener = opener;
    this.files = files;
    this.tell = tell;
    this.sabotages = List.copyOf(sabotages);
  }

  /**
   * Runs all of it. Called once.
   *
   * @param home an existing, empty directory for the platform; what is in it afterwards is the
   *     caller's to remove
   * @throws io.holdfast.engine.error.HoldfastException if a step could not be done at all, or a
   *     signal came; that something differs is no exception but in the result
   */
  public DemoJson run(Path home) throws IOException, SQLException {
    long begin = System.nanoTime();
    tell.step("A platform at work");
    var stage = new Stage(Platform.create(home, files), files, opener, tell);
    try (Engine engine = stage.open()) {
      BackupScene.Taken taken;
      DisasterScene.Wreck wreck;
      try (RunningPlatform running = RunningPlatform.start(stage.platform())) {
        taken = new BackupScene(stage, running).play(engine);
        opener.checkInterrupted();
        wreck = new DisasterScene(stage).play(running, taken.quiet());
      }
      opener.checkInterrupted();
      var recovered = new RecoveryScene(stage, sabotages).play(engine, taken, wreck);
      opener.checkInterrupted();
      RunId backup = taken.manifest().runId();
      LiveScene.Played live = new LiveScene(stage).play(engine, backup);
      opener.checkInterrupted();
      DamagedBackupScene.Played damaged = new DamagedBackupScene(stage).play(engine, backup);

      var differences = new ArrayList<>(recovered.differences());
      differences.addAll(live.differences());
      differences.addAll(damaged.differences());
      Duration total = Stage.since(begin);
      conclude(differences, recovered.took(), total);
      return document(home, taken, wreck, recovered, live, damaged, differences, total);
    }
  }

  private void conclude(List<String> differences, Duration recovery, Duration total) {
    tell.blank();
    if (differences.isEmpty()) {
      tell.heading(
          "Nothing differs. Recovered in "
              + Formats.duration(recovery)
              + "; all of this took "
              + Formats.duration(total)
              + ".");
    } else {
      tell.heading(Formats.count(differences.size(), "difference") + ": this must not happen.");
    }
  }

  private static DemoJson document(
      Path home,
      BackupScene.Taken taken,
      DisasterScene.Wreck wreck,
      RecoveryScene.Recovered recovered,
      LiveScene.Played live,
      DamagedBackupScene.Played damaged,
      List<String> differences,
      Duration total) {
    return new DemoJson(
        DemoJson.SCHEMA,
        differences.isEmpty(),
        home.toString(),
        Documents.backup(taken.manifest()),
        taken.took().toMillis(),
        wreck.destroyed(),
        wreck.broken(),
        recovered.outcome().run().value(),
        recovered.outcome().safetyBackup().map(safety -> safety.runId().value()).orElse(""),
        recovered.took().toMillis(),
        recovered.compared(),
        live.seen(),
        damaged.seen(),
        List.copyOf(differences),
        total.toMillis());
  }
}
