package io.holdfast.cli.demo;

import io.holdfast.example.platform.Databases;
import io.holdfast.example.platform.RunningPlatform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The platform dies, and everything of it is destroyed. */
final class DisasterScene {
  private final Stage stage;
  private final Narrator tell;

  DisasterScene(Stage stage) {
    this.stage = stage;
    this.tell = stage.tell();
  }

  /**
   * What is left.
   *
   * @param acknowledged the last transaction that was acknowledged
   * @param destroyed what was done
   * @param broken what is wrong now
   */
  record Wreck(long acknowledged, List<String> destroyed, List<String> broken) {}

  Wreck play(RunningPlatform running, QuietStores quiet) throws IOException {
    tell.step("Disaster");
    running.kill();
    long acknowledged = running.acknowledged();
    tell.bad("the platform is killed after transaction " + Narrator.number(acknowledged));
    List<String> destroyed = new Destruction(stage.platform(), stage.files()).execute();
    destroyed.forEach(tell::bad);
    tell.line("What is left:");
    List<String> broken = broken(quiet);
    broken.forEach(tell::line);
    return new Wreck(acknowledged, destroyed, broken);
  }

  private List<String> broken(QuietStores quiet) throws IOException {
    var lines = new ArrayList<String>();
    lines.add("database: " + Databases.integrity(stage.platform().database()));
    QuietStores now = QuietStores.of(stage.platform(), stage.files());
    quiet
        .byName()
        .forEach((name, state) -> {
          TreeState.Counts counts = state.compare(now.byName().getOrDefault(name, state));
          lines.add(
              String.format(
                  Locale.ROOT,
                  "%s: %,d missing, %,d altered, %,d new, of %,d paths",
                  name,
                  counts.missing(),
                  counts.altered(),
                  counts.foreign(),
                  state.paths()));
        });
    return lines;
  }
}
