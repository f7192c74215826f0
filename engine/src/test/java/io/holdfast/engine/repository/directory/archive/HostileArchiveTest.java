package io.holdfast.engine.repository.directory.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.layout.BackupName;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingWriter;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.engine.run.Trigger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Archives that somebody made by hand, with every checksum right: what their tar says must not
 * matter where it differs from what their listings say.
 */
@Tag("P5")
class HostileArchiveTest {
  private static final FileLayer FILES = PosixFileLayer.create();
  private static final ComponentName C = new ComponentName("c");
  private static final byte[] DATA = "content".getBytes(StandardCharsets.US_ASCII);
  private static final Metadata METADATA = new Metadata(0644, 0, 0, new FileTime(1, 0), Map.of());
  private static final BackupName NAME =
      new BackupName(
          RunId.of(Instant.parse("2026-03-04T05:06:07Z"), 1), Trigger.MANUAL, Compression.ZSTD);

  @TempDir Path temporary;

  /** What is put into the archive; honest unless a test changes it. */
  private static final class Making {
    String path = "f";
    byte[] data = DATA;
    String digest = Sha256.hex(Sha256.of(DATA));
    UnaryOperator<byte[]> stream = tar -> tar;
    UnaryOperator<byte[]> listing = text -> text;
    Consumer<FrameTable> table = table -> {};
    UnaryOperator<byte[]> trailer = trailer -> trailer;
    boolean ownStreamInstead;
  }

  private static byte[] concat(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] padded(byte[] header, byte[] data) {
    return concat(header, data, new byte[TarHeader.padding(data.length)]);
  }

  private FilePath make(Consumer<Making> change) throws IOException {
    var making = new Making();
    change.accept(making);
    var entry = new TreeEntry.RegularFile(TreePath.of(making.path), METADATA, DATA.length, false);
    var text = new ByteArrayOutputStream();
    try (var writer = new ListingWriter(text)) {
      writer.add(new ListedEntry(entry, making.digest, List.of()));
      writer.finish();
    }
    byte[] listing = making.listing.apply(text.toByteArray());
    byte[] tar = making.stream.apply(padded(TarHeader.of("c/t", entry, List.of()), making.data));
    Path path = temporary.resolve(NAME.toString());
    Files.deleteIfExists(path);
    var table = new FrameTable();
    try (var workers = Workers.start("test");
        FrameCodec codec = FrameCodec.of(Compression.ZSTD, 1);
        var file = FILES.create(FilePath.of(path), 0600)) {
      var pipeline = new FramePipeline(file, codec, workers, table);
      pipeline.addLarge(making.ownStreamInstead ? FrameTable.OWN : pipeline.stream("c/t"), tar);
      int listed = pipeline.stream("c/t.tree");
      pipeline.size(listed, listing.length);
      pipeline.addLarge(listed, padded(TarHeader.file("c/t.tree", listing.length, 0), listing));
      byte[] sums = "none\n".getBytes(StandardCharsets.US_ASCII);
      pipeline.size(FrameTable.OWN, sums.length);
      pipeline.addLarge(
          FrameTable.OWN, padded(TarHeader.file(BackupLayout.CHECKSUMS, sums.length, 0), sums));
      making.table.accept(table);
      var artifact =
          new Artifact(
              "t", ArtifactType.TREE, DATA.length, 1, Sha256.hex(Sha256.of(listing)), List.of());
      new ArchiveEnding(pipeline, table, codec, Compression.ZSTD, 0)
          .write(new StoredManifest(manifest(artifact), Optional.of(Sha256.hex(Sha256.of(sums)))));
    }
    byte[] whole = Files.readAllBytes(path);
    int trailerAt = whole.length - ArchiveTrailer.LENGTH;
    byte[] trailer = making.trailer.apply(Arrays.copyOfRange(whole, trailerAt, whole.length));
    System.arraycopy(Sha256.of(Arrays.copyOf(trailer, 224)), 0, trailer, 224, 32);
    System.arraycopy(trailer, 0, whole, trailerAt, trailer.length);
    Files.write(path, whole);
    return FilePath.of(path);
  }

  private static Manifest manifest(Artifact artifact) {
    return new Manifest(
        NAME.run(),
        new BackupId("0123456789ab"),
        RunStatus.COMPLETED,
        Trigger.MANUAL,
        Optional.empty(),
        List.of(),
        Instant.EPOCH,
        Optional.of(Instant.EPOCH),
        Optional.of(Instant.EPOCH),
        Optional.empty(),
        "h",
        "v",
        "zstd",
        List.of(
            new ComponentRecord(
                C,
                "directory",
                true,
                Optional.empty(),
                ComponentStatus.COMPLETED,
                Map.of(),
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                List.of(artifact),
                List.of(),
                Optional.empty())),
        Optional.empty());
  }

  private static ArchiveBackupReader open(FilePath path) throws IOException {
    return ArchiveBackupReader.open(
        FILES, new StorageErrors(FILES, path.parent()), path, NAME, () -> {});
  }

  /** The names that a restore of the tree is given. */
  private static List<String> restore(FilePath path) throws IOException {
    var seen = new ArrayList<String>();
    try (var reader = open(path)) {
      reader
          .artifacts(C, new Cancellation(), b -> {})
          .tree(
              "t",
              new ArtifactSource.TreeVisitor() {
                @Override
                public void entry(TreeEntry entry) {
                  seen.add(entry.path().toString());
                }

                @Override
                public void file(TreeEntry.RegularFile entry, Content content) throws IOException {
                  try (var in = content.open()) {
                    while (in.read(ByteBuffer.allocate(100)) > 0) {
                      // Read to the end.
                    }
                  }
                  seen.add(entry.path().toString());
                }
              });
    }
    return seen;
  }

  private void requireRefused(String what, Consumer<Making> change) throws IOException {
    FilePath path = make(change);
    assertThatThrownBy(() -> restore(path))
        .as(what)
        .isInstanceOfSatisfying(
            HoldfastException.class,
            failure ->
                assertThat(failure.code())
                    .isIn(ErrorCode.ARTIFACT_CORRUPT, ErrorCode.MANIFEST_CORRUPT));
    try (var reader = open(path)) {
      assertThat(reader.verify(List.of(C), new Cancellation(), b -> {})).as(what).isNotEmpty();
    } catch (HoldfastException refusedAtOnce) {
      assertThat(refusedAtOnce.code()).isEqualTo(ErrorCode.MANIFEST_CORRUPT);
    }
  }

  @Test
  @DisplayName("an honest archive is read")
  void honest() throws IOException {
    FilePath path = make(making -> {});
    assertThat(restore(path)).containsExactly("f");
    try (var reader = open(path)) {
      assertThat(reader.verify(List.of(C), new Cancellation(), b -> {})).isEmpty();
    }
  }

  @Test
  @DisplayName("P5: headers that differ from the listing are damage, whatever they say")
  void headers() throws IOException {
    byte[] evil = padded(TarHeader.file("../../../etc/passwd", DATA.length, 1), DATA);
    requireRefused("another path", making -> making.stream = tar -> evil);
    requireRefused("an entry before", making -> making.stream = tar -> concat(evil, tar));
    requireRefused("an entry after", making -> making.stream = tar -> concat(tar, evil));
    requireRefused("the entry twice", making -> making.stream = tar -> concat(tar, tar));
    requireRefused("no entry", making -> making.stream = tar -> new byte[512]);
    requireRefused("cut off", making -> making.stream = tar -> Arrays.copyOf(tar, 515));
    requireRefused(
        "padding that is none",
        making ->
            making.stream =
                tar -> {
                  tar[tar.length - 1] = 1;
                  return tar;
                });
    requireRefused(
        "a size that is too large",
        making ->
            making.stream =
                tar ->
                    concat(
                        TarHeader.file("c/t/f", 1L << 40, 1),
                        Arrays.copyOfRange(tar, 512, tar.length)));
  }

  @Test
  @DisplayName("P5: content that differs from the listing is damage")
  void content() throws IOException {
    requireRefused(
        "other bytes", making -> making.data = "CONTENT".getBytes(StandardCharsets.US_ASCII));
    requireRefused("another digest", making -> making.digest = "ab".repeat(32));
  }

  @Test
  @DisplayName("P5: a listing that leads out of its tree is damage")
  void listings() throws IOException {
    requireRefused(
        "traversal",
        making ->
            making.listing =
                text ->
                    new String(text, StandardCharsets.UTF_8)
                        .replace("\"f\"", "\"../f\"")
                        .getBytes(StandardCharsets.UTF_8));
    requireRefused(
        "more lines",
        making -> making.listing = text -> concat(text, Arrays.copyOfRange(text, 46, text.length)));
  }

  @Test
  @DisplayName("P5: a table or trailer that lies is damage, and makes nothing be allocated")
  void tables() throws IOException {
    requireRefused("no stream of that name", making -> making.ownStreamInstead = true);
    requireRefused(
        "a frame of another length", making -> making.table = table -> table.add(0, 5, 5, 5));
    for (int at = 16; at < 224; at += 4) {
      int offset = at;
      for (int value : new int[] {-1, 0x7fff_ffff, 0x4000_0000}) {
        requireRefused(
            "trailer " + at + " " + value,
            making ->
                making.trailer =
                    trailer -> {
                      ByteBuffer.wrap(trailer).putInt(offset, value);
                      return trailer;
                    });
      }
    }
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: an archive of a newer version is refused")
  void future() throws IOException {
    FilePath path =
        make(making ->
            making.trailer =
                trailer -> {
                  ByteBuffer.wrap(trailer).putInt(8, 2);
                  return trailer;
                });
    assertThatThrownBy(() -> open(path))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED);
              assertThat(failure.message()).contains("version 2").contains("up to 1");
            });
  }

  @Test
  @DisplayName("a table of noise, or with counts beyond its length, is refused")
  void decode() {
    var table = new FrameTable();
    table.size(table.stream("c/t"), 7);
    table.add(1, 100, 200, 3);
    table.add(0, 50, 60, 4);
    byte[] bytes = table.encode();
    FrameTable read = FrameTable.decode(bytes, length -> length);
    assertThat(read.encode()).isEqualTo(bytes);
    assertThat(read.offset(1)).isEqualTo(100);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> FrameTable.decode(cut, plain -> plain))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int at = 0; at + 4 <= bytes.length; at++) {
      byte[] wild = bytes.clone();
      ByteBuffer.wrap(wild).putInt(at, -1);
      try {
        assertThat(FrameTable.decode(wild, plain -> plain).encode()).isEqualTo(wild);
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }
}
