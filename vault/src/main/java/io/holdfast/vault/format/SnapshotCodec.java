package io.holdfast.vault.format;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.json.JsonFields;
import io.holdfast.vault.format.json.JsonKeys;
import io.holdfast.vault.format.json.JsonReader;
import io.holdfast.vault.format.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link Snapshot} as JSON and back.
 *
 * <p>Written as restic writes it: keys in the order of its structure, without those whose value is
 * empty or 0. Read leniently: what is not known is passed over (other programs add keys of their
 * own), and only the time and the tree have to be there. No state; thread-safe.
 */
public final class SnapshotCodec {
  private static final long UINT32 = 0xffff_ffffL;

  private static final JsonKeys KEYS =
      JsonKeys.of(
          "time",
          "parent",
          "tree",
          "paths",
          "hostname",
          "username",
          "uid",
          "gid",
          "excludes",
          "tags",
          "original",
          "program_version",
          "summary");

  private SnapshotCodec() {}

  /** The JSON of the file. */
  public static byte[] encode(Snapshot snapshot) {
    var json = new JsonWriter(512).beginObject();
    json.name("time").plain(snapshot.time().toString());
    snapshot.parent().ifPresent(id -> json.name("parent").id(id));
    json.name("tree").id(snapshot.tree());
    texts(json, "paths", snapshot.paths());
    text(json, "hostname", snapshot.hostname());
    text(json, "username", snapshot.username());
    number(json, "uid", snapshot.uid());
    number(json, "gid", snapshot.gid());
    if (!snapshot.excludes().isEmpty()) {
      texts(json, "excludes", snapshot.excludes());
    }
    if (!snapshot.tags().isEmpty()) {
      texts(json, "tags", snapshot.tags());
    }
    snapshot.original().ifPresent(id -> json.name("original").id(id));
    text(json, "program_version", snapshot.programVersion());
    snapshot
        .summary()
        .ifPresent(summary -> SnapshotSummaryCodec.write(json.name("summary"), summary));
    return json.endObject().toBytes();
  }

  private static void text(JsonWriter json, String name, String value) {
    if (!value.isEmpty()) {
      json.name(name).text(value);
    }
  }

  private static void number(JsonWriter json, String name, long value) {
    if (value != 0) {
      json.name(name).number(value);
    }
  }

  private static void texts(JsonWriter json, String name, List<String> values) {
    json.name(name).beginArray();
    values.forEach(json::text);
    json.endArray();
  }

  /**
   * Reads the JSON of the file.
   *
   * @param what which file it is, for messages
   */
  public static Snapshot decode(byte[] bytes, String what) throws FormatException {
    var json = new JsonReader(bytes, what);
    JsonFields fields = json.fields(KEYS);
    Timestamp time = null;
    ContentId tree = null;
    ContentId parent = null;
    ContentId original = null;
    SnapshotSummary summary = null;
    String hostname = "";
    String username = "";
    String programVersion = "";
    long uid = 0;
    long gid = 0;
    List<String> paths = List.of();
    List<String> excludes = List.of();
    List<String> tags = List.of();
    for (String key = fields.next(); key != null; key = fields.next()) {
      switch (key) {
        case "time" -> time = json.parse(Timestamp::parse);
        case "parent" -> parent = json.id();
        case "tree" -> tree = json.id();
        case "paths" -> paths = texts(json);
        case "hostname" -> hostname = json.text();
        case "username" -> username = json.text();
        case "uid" -> uid = json.unsigned(UINT32);
        case "gid" -> gid = json.unsigned(UINT32);
        case "excludes" -> excludes = texts(json);
        case "tags" -> tags = texts(json);
        case "original" -> original = json.id();
        case "program_version" -> programVersion = json.text();
        case "summary" -> summary = SnapshotSummaryCodec.read(json);
        default -> throw new IllegalStateException(key);
      }
    }
    json.end();
    return new Snapshot(
        required(time, what, "time"),
        Optional.ofNullable(parent),
        required(tree, what, "tree"),
        paths,
        hostname,
        username,
        uid,
        gid,
        excludes,
        tags,
        Optional.ofNullable(original),
        programVersion,
        Optional.ofNullable(summary));
  }

  private static List<String> texts(JsonReader json) throws FormatException {
    var texts = new ArrayList<String>();
    json.beginArray();
    while (json.nextElement()) {
      texts.add(json.text());
    }
    return texts;
  }

  private static <T> T required(@Nullable T value, String what, String key) throws FormatException {
    if (value == null) {
      throw new FormatException(what, "it has no " + key);
    }
    return value;
  }
}
