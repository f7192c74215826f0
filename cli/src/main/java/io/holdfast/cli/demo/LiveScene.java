package io.holdfast.cli.demo;

import io.holdfast.cli.json.DemoJson;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.Engine;
import io.holdfast.engine.run.RunId;
import io.holdfast.example.platform.RunningPlatform;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A database is restored under the application that holds it open. */
final class LiveScene {
  private static final int COMMITS = 10;

  private final Stage stage;
  private final Narrator tell;

  LiveScene(Stage stage) {
    this.stage = stage;
    this.tell = stage.tell();
  }

  /** How it went, and what is not as it must be. */
  record Played(DemoJson.LiveRestore seen, List<String> differences) {}

  Played play(Engine engine, RunId backup) throws IOException {
    tell.step("Restore under an application that keeps running");
    var differences = new ArrayList<String>();
    try (RunningPlatform running = RunningPlatform.start(stage.platform())) {
      long first = running.awaitCommits(COMMITS);
      tell.line("the platform runs again and goes on at transaction " + Narrator.number(first));
      long before = running.sessions();
      long lost = running.logOut();
      tell.bad("somebody deletes all sessions: " + lost + " of " + before + " are left");
      long start = System.nanoTime();
      stage.restore(engine, backup, List.of(Stage.SESSIONS), Optional.empty());
      long after = running.sessions();
      Duration took = Stage.since(start);
      long meanwhile = running.acknowledged() - first;
      differences.addAll(Proof.sessions(stage.platform()));
      if (after != before) {
        differences.add("sessions: the application had " + before + " and sees " + after);
      }
      tell.verdict(
          "the application sees "
              + after
              + " through the connection that it never closed, after "
              + Formats.duration(took),
          differences);
      tell.line(meanwhile + " transactions were committed meanwhile in its other database");
      var seen = new DemoJson.LiveRestore(before, before - lost, after, meanwhile, took.toMillis());
      return new Played(seen, differences);
    }
  }
}
