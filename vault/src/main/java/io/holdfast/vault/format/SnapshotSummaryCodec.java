package io.holdfast.vault.format;

import io.holdfast.vault.format.json.JsonFields;
import io.holdfast.vault.format.json.JsonKeys;
import io.holdfast.vault.format.json.JsonReader;
import io.holdfast.vault.format.json.JsonWriter;

/** {@link SnapshotSummary} as JSON and back: all keys always, in the order of the record. */
final class SnapshotSummaryCodec {
  private static final String[] COUNTS = {
    "files_new",
    "files_changed",
    "files_unmodified",
    "dirs_new",
    "dirs_changed",
    "dirs_unmodified",
    "data_blobs",
    "tree_blobs",
    "data_added",
    "data_added_packed",
    "total_files_processed",
    "total_bytes_processed",
  };
  private static final JsonKeys KEYS = keys();

  private SnapshotSummaryCodec() {}

  private static JsonKeys keys() {
    var all = new String[COUNTS.length + 2];
    System.arraycopy(COUNTS, 0, all, 0, COUNTS.length);
    all[COUNTS.length] = "backup_start";
    all[COUNTS.length + 1] = "backup_end";
    return JsonKeys.of(all);
  }

  static void write(JsonWriter json, SnapshotSummary summary) {
    json.beginObject();
    json.name("backup_start").plain(summary.backupStart().toString());
    json.name("backup_end").plain(summary.backupEnd().toString());
    long[] counts = {
      summary.filesNew(),
      summary.filesChanged(),
      summary.filesUnmodified(),
      summary.dirsNew(),
      summary.dirsChanged(),
      summary.dirsUnmodified(),
      summary.dataBlobs(),
      summary.treeBlobs(),
      summary.dataAdded(),
      summary.dataAddedPacked(),
      summary.totalFilesProcessed(),
      summary.totalBytesProcessed(),
    };
    for (int i = 0; i < counts.length; i++) {
      json.name(COUNTS[i]).number(counts[i]);
    }
    json.endObject();
  }

  static SnapshotSummary read(JsonReader json) throws FormatException {
    JsonFields fields = json.fields(KEYS);
    Timestamp start = Timestamp.ZERO;
    Timestamp end = Timestamp.ZERO;
    var counts = new long[COUNTS.length];
    for (String key = fields.next(); key != null; key = fields.next()) {
      switch (key) {
        case "backup_start" -> start = json.parse(Timestamp::parse);
        case "backup_end" -> end = json.parse(Timestamp::parse);
        default -> counts[indexOf(key)] = json.unsigned(Long.MAX_VALUE);
      }
    }
    return new SnapshotSummary(
        start,
        end,
        counts[0],
        counts[1],
        counts[2],
        counts[3],
        counts[4],
        counts[5],
        counts[6],
        counts[7],
        counts[8],
        counts[9],
        counts[10],
        counts[11]);
  }

  private static int indexOf(String key) {
    int index = 0;
    while (!COUNTS[index].equals(key)) {
      index++;
    }
    return index;
  }
}
