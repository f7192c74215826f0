package io.holdfast.store.sqlite;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a backup says of a database besides its content, in an artifact of its own: lines of {@code
 * name=value}. A database that was lost gets its old owner and mode back from here.
 *
 * @param form what the other artifacts are
 * @param mode permission bits of the database file, 0 to 07777
 * @param uid its owner
 * @param gid its group
 */
record DatabaseNote(Form form, int mode, long uid, long gid) {
  /** What the other artifacts are. */
  enum Form {
    /** One self-contained copy. */
    DATABASE,
    /** The raw bytes of something that could not be copied as a database. */
    WRECK
  }

  private static final int LONGEST = 4096;
  private static final String FORMAT = "1";

  static DatabaseNote of(Form form, FileStat stat) {
    return new DatabaseNote(form, stat.mode(), stat.uid(), stat.gid());
  }

  byte[] toBytes() {
    return ("format="
            + FORMAT
            + "\nform="
            + form.name().toLowerCase(Locale.ROOT)
            + "\nmode="
            + Integer.toOctalString(mode)
            + "\nuid="
            + uid
            + "\ngid="
            + gid
            + "\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The note of a backup.
   *
   * @throws HoldfastException {@code ARTIFACT_INVALID} if there is none that can be read, {@code
   *     FORMAT_UNSUPPORTED} if a newer version wrote it
   */
  static DatabaseNote read(ArtifactSource source) throws IOException {
    if (source.artifacts().stream().map(Artifact::name).noneMatch(ArtifactNames.NOTE::equals)) {
      throw invalid("has no artifact " + ArtifactNames.NOTE, null);
    }
    Map<String, String> values = values(text(source.file(ArtifactNames.NOTE)));
    String format = values.getOrDefault("format", "");
    if (!format.equals(FORMAT)) {
      throw new HoldfastException(
          ErrorCode.FORMAT_UNSUPPORTED,
          "the backup of a SQLite database has format '"
              + format
              + "', and this version knows "
              + FORMAT,
          "Restore it with the version of Holdfast that made it, or a newer one.");
    }
    try {
      return new DatabaseNote(
          Form.valueOf(values.getOrDefault("form", "").toUpperCase(Locale.ROOT)),
          Integer.parseInt(values.getOrDefault("mode", ""), 8) & 07777,
          Long.parseLong(values.getOrDefault("uid", "")),
          Long.parseLong(values.getOrDefault("gid", "")));
    } catch (IllegalArgumentException e) {
      throw invalid("has an artifact " + ArtifactNames.NOTE + " that makes no sense", e);
    }
  }

  private static HoldfastException invalid(
      String what, @org.jspecify.annotations.Nullable Throwable cause) {
    return new HoldfastException(
        ErrorCode.ARTIFACT_INVALID,
        "the backup of a SQLite database " + what,
        "Restore an older backup.",
        cause);
  }

  private static String text(Content content) throws IOException {
    try (Content.Reader reader = content.open()) {
      if (reader.size() > LONGEST) {
        throw invalid("has an artifact " + ArtifactNames.NOTE + " that makes no sense", null);
      }
      var bytes = ByteBuffer.allocate((int) reader.size() + 1);
      int read = 0;
      while (read >= 0) {
        read = reader.read(bytes);
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    }
  }

  private static Map<String, String> values(String text) {
    var values = new LinkedHashMap<String, String>();
    text.lines()
        .forEach(line -> {
          int equals = line.indexOf('=');
          if (equals > 0) {
            values.put(line.substring(0, equals), line.substring(equals + 1));
          }
        });
    return values;
  }
}
