package io.holdfast.engine.repository.layout;

import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The name of a backup in a repository: {@code <run_id>_<trigger>}, for an archive with {@code
 * .tar.gz} or {@code .tar.zst}.
 *
 * @param run the run
 * @param trigger why it started
 * @param compression how it is stored
 */
public record BackupName(RunId run, Trigger trigger, Compression compression) {
  private static final int RUN_LENGTH = 22;

  /** Reads a name; empty if it is none. */
  public static Optional<BackupName> parse(byte[] name) {
    var text = new String(name, StandardCharsets.ISO_8859_1);
    for (Compression compression : Compression.values()) {
      String suffix = suffix(compression);
      if (text.endsWith(suffix) && text.length() > RUN_LENGTH + suffix.length()) {
        String run = text.substring(0, RUN_LENGTH);
        String rest = text.substring(RUN_LENGTH, text.length() - suffix.length());
        for (Trigger trigger : Trigger.values()) {
          if (RunId.isRunId(run) && rest.equals("_" + trigger.word())) {
            return Optional.of(new BackupName(new RunId(run), trigger, compression));
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * All names that the backup of a run may have. There are few, so that to look for each takes less
   * than to read the names of thousands of backups.
   */
  public static List<BackupName> possible(RunId run) {
    var names = new ArrayList<BackupName>();
    for (Trigger trigger : Trigger.values()) {
      for (Compression compression : Compression.values()) {
        names.add(new BackupName(run, trigger, compression));
      }
    }
    return names;
  }

  /** The name without the suffix of an archive: of a directory under way, or of a record. */
  public String stem() {
    return run + "_" + trigger.word();
  }

  public boolean isArchive() {
    return compression != Compression.NONE;
  }

  private static String suffix(Compression compression) {
    return switch (compression) {
      case NONE -> "";
      case GZIP -> ".tar.gz";
      case ZSTD -> ".tar.zst";
    };
  }

  /** The name of the file or directory. */
  @Override
  public String toString() {
    return stem() + suffix(compression);
  }
}
