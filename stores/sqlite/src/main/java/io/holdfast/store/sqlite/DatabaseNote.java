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
import java.util.Optional;

/**
 * What a backup says of a database besides its content, in an artifact of its own: lines of {@code
 * name=value}. A database that was lost gets its old owner and mode back from here.
 *
 * @param form what the other artifacts are
 * @param mode permission bits of the database file, 0 to 07777
 * @param uid its owner
 * @param gid its group
 * @param directory the same of the directory that it lay in, where SQLite makes files too; empty in
 *     backups that do not tell
 */
record DatabaseNote(Form form, int mode, long uid, long gid, Optional<Permissions> directory) {
  /**
   * Who may do what.
   *
   * @param mode permission bits, 0 to 07777
   */
  record Permissions(int mode, long uid, long gid) {}

  /** What the other artifacts are. */
  enum Form {
    /** One self-contained copy. */
    DATABASE,
    /** The raw bytes of something that could not be copied as a database. */
    WRECK
  }

  private static final int LONGEST = 4096;
  private static final String FORMAT = "1";

  static DatabaseNote of(Form form, FileStat stat, FileStat directory) {
    return new DatabaseNote(
        form,
        stat.mode(),
        stat.uid(),
        stat.gid(),
        Optional.of(new Permissions(directory.mode(), directory.uid(), directory.gid())));
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
            + "\n"
            + directory.map(DatabaseNote::lines).orElse(""))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String lines(Permissions directory) {
    return "directory_mode="
        + Integer.toOctalString(directory.mode())
        + "\ndirectory_uid="
        + directory.uid()
        + "\ndirectory_gid="
        + directory.gid()
        + "\n";
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
          mode(values, "mode"),
          number(values, "uid"),
          number(values, "gid"),
          values.containsKey("directory_mode")
              ? Optional.of(
                  new Permissions(
                      mode(values, "directory_mode"),
                      number(values, "directory_uid"),
                      number(values, "directory_gid")))
              : Optional.empty());
    } catch (IllegalArgumentException e) {
      throw invalid("has an artifact " + ArtifactNames.NOTE + " that makes no sense", e);
    }
  }

  private static int mode(Map<String, String> values, String name) {
    return Integer.parseInt(values.getOrDefault(name, ""), 8) & 07777;
  }

  private static long number(Map<String, String> values, String name) {
    return Long.parseLong(values.getOrDefault(name, ""));
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
