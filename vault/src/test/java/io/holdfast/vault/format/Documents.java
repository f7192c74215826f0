package io.holdfast.vault.format;

import io.holdfast.vault.ContentId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Examples of each document. */
final class Documents {
  static final Timestamp TIME = new Timestamp(1_419_256_079, 912_418_701, 60);
  static final Timestamp UTC = new Timestamp(1_600_000_000, 0, 0);

  private Documents() {}

  static ContentId id(int number) {
    return ContentId.of(Integer.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  static Snapshot full() {
    return new Snapshot(
        TIME,
        Optional.of(id(1)),
        id(2),
        List.of("/srv/a<b>", "/with \"quotes\" \\ and é"),
        "höst",
        "us&er",
        1000,
        4_294_967_295L,
        List.of("*.tmp"),
        List.of("run=1", "NL"),
        Optional.of(id(3)),
        "holdfast 0.1.0",
        Optional.of(new SnapshotSummary(TIME, UTC, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)));
  }

  static Snapshot small() {
    return new Snapshot(
        UTC,
        Optional.empty(),
        id(2),
        List.of(),
        "",
        "",
        0,
        0,
        List.of(),
        List.of(),
        Optional.empty(),
        "",
        Optional.empty());
  }

  static Config config() {
    return new Config(2, "5956a3f67a6230d4a92cefb29529f101".repeat(2), 0x25b468838dcb75L);
  }

  static LockFile lock() {
    return new LockFile(TIME, true, "host", "root", 4711, 0, 100);
  }

  static byte[] index() {
    return new IndexWriter()
        .pack(id(10))
        .blob(new PackedBlob(id(11), BlobType.DATA, 0, 38, 0))
        .blob(new PackedBlob(id(12), BlobType.TREE, 38, 112, 511))
        .pack(id(20))
        .blob(new PackedBlob(id(21), BlobType.TREE, 0, PackedBlob.MAX, PackedBlob.MAX))
        .finish();
  }

  static List<PackedBlob> blobs() {
    return List.of(
        new PackedBlob(id(31), BlobType.DATA, 0, 38, 0),
        new PackedBlob(id(32), BlobType.TREE, 38, 32, 0),
        new PackedBlob(id(33), BlobType.DATA, 70, 3_000_000_000L, 4_000_000_000L),
        new PackedBlob(id(34), BlobType.TREE, 3_000_000_070L, 100, 1));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
