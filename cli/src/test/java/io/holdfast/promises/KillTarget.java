package io.holdfast.promises;

import io.holdfast.engine.Engine;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunId;
import java.nio.file.Path;

/**
 * The process that gets killed: says {@code begin}, makes a backup or a restore, says how it ended.
 */
final class KillTarget {
  private KillTarget() {}

  /** {@code ROOT backup COMPRESSION} or {@code ROOT restore RUN}. */
  public static void main(String[] arguments) throws Exception {
    Platform platform = Platform.at(Path.of(arguments[0]));
    try (Engine engine = platform.open()) {
      System.out.println("begin");
      System.out.flush();
      String status =
          arguments[1].equals("backup")
              ? Platform.backup(engine, Compression.valueOf(arguments[2]))
                  .manifest()
                  .status()
                  .word()
              : Platform.restore(engine, new RunId(arguments[2])).status().word();
      System.out.println(status);
    }
  }
}
