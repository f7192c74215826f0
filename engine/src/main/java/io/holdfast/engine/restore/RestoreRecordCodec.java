package io.holdfast.engine.restore;

import io.avaje.json.mapper.JsonMapper;
import io.avaje.json.stream.JsonStream;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.component.UndoRecord.Move;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.restore.FileSwaps.Observed;
import io.holdfast.engine.restore.RestoreRecord.Part;
import io.holdfast.engine.restore.RestoreRecord.Stage;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RestoreRecord} as JSON. Paths are text where they are UTF-8, and {@code base64:…} where
 * they are not.
 *
 * <p>Read only by the machine that wrote it; still versioned, since an update of Holdfast may come
 * between a crash and its recovery.
 */
final class RestoreRecordCodec {
  private static final int VERSION = 1;
  private static final String FORMAT = "holdfast-restore";

  private RestoreRecordCodec() {}

  static byte[] encode(RestoreRecord record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("format_version", VERSION);
    json.put("run_id", record.run().value());
    json.put("backup", record.backup().value());
    json.put("stage", record.stage().name());
    json.put("status", record.status().name());
    json.put("started_at", record.startedAt().toString());
    record.finishedAt().ifPresent(at -> json.put("finished_at", at.toString()));
    record.safetyBackup().ifPresent(run -> json.put("safety_backup", run.value()));
    json.put("message", record.message());
    json.put("created", record.created().stream().map(RestoreRecordCodec::path).toList());
    json.put("components", record.parts().stream().map(RestoreRecordCodec::part).toList());
    return (mapper().toJson(json) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @throws HoldfastException {@code FORMAT_UNSUPPORTED} or {@code INTERNAL} if it cannot be
   *     understood; nothing is guessed, since what it says is acted upon
   */
  static RestoreRecord decode(FilePath file, byte[] bytes) {
    try {
      Map<String, Object> json = mapper().fromJsonObject(new String(bytes, StandardCharsets.UTF_8));
      Object version = json.get("format_version");
      if (!FORMAT.equals(json.get("format")) || !(version instanceof Number number)) {
        throw new IllegalArgumentException("it is no record of a restore");
      }
      if (number.longValue() > VERSION) {
        throw new HoldfastException(
            ErrorCode.FORMAT_UNSUPPORTED,
            "the unfinished restore in " + file + " was written by a newer version of Holdfast",
            "Use that version to roll it back.");
      }
      return new RestoreRecord(
          new RunId(text(json, "run_id")),
          new RunId(text(json, "backup")),
          Stage.valueOf(text(json, "stage")),
          RunStatus.valueOf(text(json, "status")),
          Instant.parse(text(json, "started_at")),
          Optional.ofNullable(json.get("finished_at")).map(at -> Instant.parse((String) at)),
          Optional.ofNullable(json.get("safety_backup")).map(run -> new RunId((String) run)),
          list(json.get("created")).stream().map(path -> path((String) path)).toList(),
          maps(json.get("components")).stream().map(RestoreRecordCodec::part).toList(),
          text(json, "message"));
    } catch (HoldfastException known) {
      throw known;
    } catch (RuntimeException damaged) {
      throw new HoldfastException(
          ErrorCode.INTERNAL,
          "the journal of a restore, " + file + ", cannot be read: " + damaged.getMessage(),
          "The restore that wrote it died. Look beside its targets for names with '.holdfast-', put them back by hand, and remove the"
              + " journal.",
          damaged);
    }
  }

  private static Map<String, Object> part(Part part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", part.name().value());
    json.put("kind", part.kind());
    json.put("settings", part.settings());
    part.undo()
        .ifPresent(undo -> {
          json.put("swaps", undo.swaps().stream().map(RestoreRecordCodec::swap).toList());
          json.put(
              "moves",
              undo.moves().stream()
                  .map(move -> Map.of("live", path(move.live()), "kept", path(move.kept())))
                  .toList());
          json.put("details", undo.details());
        });
    json.put(
        "observed",
        part.observed().stream()
            .map(o ->
                Map.of(
                    "swap",
                    swap(o.swap()),
                    "target_existed",
                    o.targetExisted(),
                    // As text: an inode number may not fit what JSON numbers are read into.
                    "staged_inode",
                    Long.toUnsignedString(o.stagedInode()),
                    "staged_modified",
                    time(o.stagedModified()),
                    "staged_changed",
                    time(o.stagedChanged())))
            .toList());
    return json;
  }

  private static Part part(Map<String, Object> json) {
    Optional<UndoRecord> undo =
        json.containsKey("swaps")
            ? Optional.of(
                new UndoRecord(
                    maps(json.get("swaps")).stream().map(RestoreRecordCodec::swap).toList(),
                    maps(json.get("moves")).stream()
                        .map(move -> new Move(path(text(move, "live")), path(text(move, "kept"))))
                        .toList(),
                    texts(json.get("details"))))
            : Optional.empty();
    return new Part(
        new ComponentName(text(json, "name")),
        text(json, "kind"),
        texts(json.get("settings")),
        undo,
        maps(json.get("observed")).stream()
            .map(o ->
                new Observed(
                    swap(map(o.get("swap"))),
                    Boolean.TRUE.equals(o.get("target_existed")),
                    Long.parseUnsignedLong(text(o, "staged_inode")),
                    time(text(o, "staged_modified")),
                    time(text(o, "staged_changed"))))
            .toList());
  }

  private static Map<String, Object> swap(Swap swap) {
    return Map.of(
        "target", path(swap.target()), "staged", path(swap.staged()), "aside", path(swap.aside()));
  }

  private static Swap swap(Map<String, Object> json) {
    return new Swap(
        path(text(json, "target")), path(text(json, "staged")), path(text(json, "aside")));
  }

  private static String time(FileTime time) {
    return Instant.ofEpochSecond(time.seconds(), time.nanos()).toString();
  }

  private static FileTime time(String text) {
    return FileTime.of(Instant.parse(text));
  }

  private static String path(FilePath path) {
    return path.isText()
        ? new String(path.toBytes(), StandardCharsets.UTF_8)
        : "base64:" + Base64.getEncoder().encodeToString(path.toBytes());
  }

  private static FilePath path(String text) {
    return text.startsWith("base64:")
        ? FilePath.ofBytes(Base64.getDecoder().decode(text.substring("base64:".length())))
        : FilePath.of(text);
  }

  private static String text(Map<String, Object> json, String key) {
    if (json.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(key + " is missing or no text");
  }

  private static Map<String, String> texts(@Nullable Object json) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(json).forEach((key, value) -> texts.put(key, (String) value));
    return texts;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("an object is missing");
  }

  private static List<Map<String, Object>> maps(@Nullable Object json) {
    return list(json).stream().map(RestoreRecordCodec::map).toList();
  }

  private static List<?> list(@Nullable Object json) {
    if (json instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("a list is missing");
  }

  private static JsonMapper mapper() {
    return JsonMapper.builder()
        .jsonStream(JsonStream.builder().serializeEmpty(true).build())
        .build();
  }
}
