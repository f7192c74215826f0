package io.holdfast.cli.demo;

import io.holdfast.cli.json.DemoJson;
import io.holdfast.engine.Engine;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One bit of the backup flips: it is found, and nothing is restored from it. */
final class DamagedBackupScene {
  private static final int MOST_SHOWN = 60;

  private final Stage stage;
  private final Narrator tell;

  DamagedBackupScene(Stage stage) {
    this.stage = stage;
    this.tell = stage.tell();
  }

  /** How it went, and what is not as it must be. */
  record Played(DemoJson.FlippedBit seen, List<String> differences) {}

  Played play(Engine engine, RunId backup) throws IOException {
    tell.step("A flipped bit in the backup");
    Path repository = stage.platform().home().resolve("backups");
    FlippedBit bit = FlippedBit.in(repository, backup);
    String file = repository.relativize(bit.file()).toString();
    tell.line("one bit of byte " + Narrator.number(bit.offset()) + " of " + file);
    var differences = new ArrayList<String>();
    List<String> found = FlippedBit.found(engine, backup, stage.opener().monitor());
    if (found.isEmpty()) {
      differences.add("a flipped bit in " + file + " was not found");
    }
    tell.verdict("found by 'backup validate'" + first(found), differences);
    Optional<String> refusal = FlippedBit.refusal(engine, backup, stage.opener().monitor());
    List<String> notRefused =
        refusal.isPresent() ? List.of() : List.of("a damaged backup was restored: " + backup);
    tell.verdict("refused by 'restore'; nothing was touched", notRefused);
    differences.addAll(notRefused);
    bit.flip();
    List<String> mended = FlippedBit.found(engine, backup, stage.opener().monitor());
    tell.verdict("flipped back, the backup is sound", mended);
    differences.addAll(mended);
    var seen = new DemoJson.FlippedBit(file, bit.offset(), found, refusal.orElse(""));
    return new Played(seen, differences);
  }

  private static String first(List<String> found) {
    if (found.isEmpty()) {
      return "";
    }
    String text = found.getFirst();
    return ": " + (text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…");
  }
}
