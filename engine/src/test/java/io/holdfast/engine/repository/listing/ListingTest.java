package io.holdfast.engine.repository.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
  private static final byte[] NOT_TEXT = {'a', (byte) 0xff, '\n', 'b'};
  private static final String DIGEST = "ab".repeat(32);
  private static final String HEADER = "{\"format\":\"holdfast-tree\",\"format_version\":1}\n";
  private static final String REST =
      "\"mode\":\"0644\",\"uid\":0,\"gid\":0,\"modified\":0,\"modified_nanos\":0";
  private static final String FILE_REST = REST + ",\"size\":0,\"sha256\":\"" + DIGEST + "\"}\n";

  private static Metadata metadata() {
    return new Metadata(
        07755,
        4_294_967_295L,
        1,
        new FileTime(-2, 999_999_999),
        Map.of(
            new AttributeName("user.x".getBytes(StandardCharsets.US_ASCII)), new byte[] {0, -1},
            new AttributeName(NOT_TEXT), new byte[0]));
  }

  private static byte[] write(List<ListedEntry> entries) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var writer = new ListingWriter(out)) {
      for (ListedEntry entry : entries) {
        writer.add(entry);
      }
      assertThat(writer.finish()).isEqualTo(Sha256.hex(Sha256.of(out.toByteArray())));
    }
    return out.toByteArray();
  }

  private static List<ListedEntry> read(byte[] bytes) throws IOException {
    var entries = new ArrayList<ListedEntry>();
    try (var reader =
        new ListingReader(
            new ByteArrayInputStream(bytes), "listing", Sha256.hex(Sha256.of(bytes)))) {
      for (var entry = reader.next(); entry != null; entry = reader.next()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private static HoldfastException refusal(String text) {
    try {
      read(text.getBytes(StandardCharsets.UTF_8));
    } catch (HoldfastException failure) {
      return failure;
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    throw new AssertionError("was read: " + text);
  }

  @Test
  @DisplayName("every sort of entry is read back the same, whatever its name")
  void roundTrip() throws IOException {
    var file = TreePath.of("dir/file \"\\\u0001\ud83d\ude00");
    List<ListedEntry> entries =
        List.of(
            ListedEntry.of(new TreeEntry.Directory(TreePath.ROOT, metadata())),
            ListedEntry.of(new TreeEntry.Directory(TreePath.of("dir"), metadata())),
            new ListedEntry(
                new TreeEntry.RegularFile(file, metadata(), Long.MAX_VALUE, false),
                DIGEST,
                List.of()),
            new ListedEntry(
                new TreeEntry.RegularFile(TreePath.of("sparse"), metadata(), 100, true),
                DIGEST,
                List.of(new Extent(0, 1), new Extent(50, 50))),
            new ListedEntry(
                new TreeEntry.RegularFile(TreePath.of("hole"), metadata(), 100, true),
                DIGEST,
                List.of()),
            new ListedEntry(
                new TreeEntry.RegularFile(TreePath.ofBytes(NOT_TEXT), metadata(), 0, false),
                DIGEST,
                List.of()),
            ListedEntry.of(
                new TreeEntry.HardLink(
                    TreePath.of("again"), metadata(), TreePath.ofBytes(NOT_TEXT))),
            ListedEntry.of(new TreeEntry.Symlink(TreePath.of("link"), metadata(), NOT_TEXT)),
            ListedEntry.of(
                new TreeEntry.Special(TreePath.of("pipe"), metadata(), FileType.FIFO, 0)),
            ListedEntry.of(
                new TreeEntry.Special(
                    TreePath.of("disk"), metadata(), FileType.BLOCK_DEVICE, 1L << 40)));
    byte[] bytes = write(entries);
    // Arrays in the metadata have no equality: what is written again is the same text.
    assertThat(write(read(bytes))).isEqualTo(bytes);
    assertThat(read(bytes))
        .extracting(ListedEntry::path)
        .isEqualTo(entries.stream().map(ListedEntry::path).toList());
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .startsWith(HEADER)
        .contains("\"path_base64\":\"Yf8KYg==\"", "\"data\":[[0,1],[50,50]]", "\"modified\":-2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "/etc/passwd",
        "a//b",
        "a/../b",
        "./a",
        "a/",
        "a/.",
        "..",
        "missing/x",
        "a\\u0000b",
      })
  @Tag("P5")
  @DisplayName("P5: a path that leads anywhere but down into what was listed is damage")
  void traversal(String path) {
    assertThat(refusal(HEADER + "{\"type\":\"file\",\"path\":\"" + path + "\"," + FILE_REST).code())
        .isEqualTo(ErrorCode.ARTIFACT_CORRUPT);
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: nothing lies below a symlink, and no name stands twice")
  void shape() {
    String link = "{\"type\":\"symlink\",\"path\":\"l\"," + REST + ",\"target\":\"/etc\"}\n";
    String file = "{\"type\":\"file\",\"path\":\"f\"," + FILE_REST;
    String root = "{\"type\":\"directory\",\"path\":\"\"," + REST + "}\n";
    for (String entries :
        List.of(
            link + "{\"type\":\"file\",\"path\":\"l/passwd\"," + FILE_REST,
            file + "{\"type\":\"file\",\"path\":\"f/g\"," + FILE_REST,
            file + file,
            file + link.replace("\"l\"", "\"f\""),
            root + root,
            file + root,
            link.replace("\"l\"", "\"\""),
            hardLink("h", "f"),
            hardLink("h", "h"),
            link + hardLink("h", "l"),
            root + hardLink("h", ""),
            hardLink("h", "../f"),
            file + hardLink("f", "f"))) {
      assertThat(refusal(HEADER + entries).code())
          .as(entries)
          .isEqualTo(ErrorCode.ARTIFACT_CORRUPT);
    }
  }

  private static String hardLink(String path, String original) {
    return "{\"type\":\"hard_link\",\"path\":\""
        + path
        + "\","
        + REST
        + ",\"original\":\""
        + original
        + "\"}\n";
  }

  @Test
  @DisplayName("what a type does not have, or lacks, is damage")
  void strict() {
    for (String line :
        List.of(
            "{\"type\":\"file\",\"path\":\"f\"," + REST + "}\n",
            "{\"type\":\"directory\",\"path\":\"f\"," + FILE_REST,
            "{\"type\":\"door\",\"path\":\"f\"," + REST + "}\n",
            "{\"type\":\"symlink\",\"path\":\"f\"," + REST + ",\"target\":\"\"}\n",
            "{\"type\":\"file\",\"path\":\"f\",\"path_base64\":\"Zg==\"," + FILE_REST,
            "{\"type\":\"file\",\"path_base64\":\"***\"," + FILE_REST,
            "{\"type\":\"file\",\"path\":\"f\"," + FILE_REST.replace("0644", "99"),
            "{\"type\":\"file\",\"path\":\"f\"," + FILE_REST.replace("\"uid\":0", "\"uid\":-1"),
            "{\"type\":\"file\",\"path\":\"f\","
                + FILE_REST.replace("nanos\":0", "nanos\":1000000000"),
            "{\"type\":\"file\",\"path\":\"f\"," + FILE_REST.replace("\"size\":0", "\"size\":-1"),
            "{\"type\":\"file\",\"path\":\"f\","
                + FILE_REST.replace("\"size\":0", "\"size\":9,\"data\":[[5,5]]"),
            "{\"type\":\"file\",\"path\":\"f\","
                + FILE_REST.replace("\"size\":0", "\"size\":9,\"data\":[[5,1],[4,1]]"),
            "{\"type\":\"file\",\"path\":\"f\","
                + FILE_REST.replace("\"size\":0", "\"size\":9,\"data\":[[0,9]]"),
            "{\"type\":\"file\",\"path\":\"f\","
                + FILE_REST.replace("\"size\":0", "\"size\":9,\"data\":[[0]]"),
            "{\"type\":\"file\",\"path\":\"f\"," + FILE_REST.replace("ab\"", "AB\""),
            "{\"type\":\"file\",\"path\":\"f\"," + FILE_REST.strip(),
            "\n",
            "x\n")) {
      assertThat(refusal(HEADER + line).code()).as(line).isEqualTo(ErrorCode.ARTIFACT_CORRUPT);
    }
    assertThat(refusal("").code()).isEqualTo(ErrorCode.ARTIFACT_CORRUPT);
    assertThat(refusal("{}\n").code()).isEqualTo(ErrorCode.ARTIFACT_CORRUPT);
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: a listing of a newer version is refused")
  void future() {
    var failure = refusal("{\"format\":\"holdfast-tree\",\"format_version\":7,\"new\":1}\n???\n");
    assertThat(failure.code()).isEqualTo(ErrorCode.FORMAT_UNSUPPORTED);
    assertThat(failure.message()).contains("7").contains("1");
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a listing that is not the one that the manifest means is damage")
  void digest() throws IOException {
    byte[] bytes =
        write(List.of(ListedEntry.of(new TreeEntry.Directory(TreePath.ROOT, metadata()))));
    try (var reader = new ListingReader(new ByteArrayInputStream(bytes), "listing", DIGEST)) {
      assertThatThrownBy(reader::drain)
          .isInstanceOfSatisfying(
              HoldfastException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ARTIFACT_CORRUPT));
    }
  }

  @Test
  @DisplayName("remembers a hundred thousand paths, and which of them are directories")
  void manyPaths() {
    var shape = new TreeShape();
    for (int i = 0; i < 100_000; i++) {
      TreePath path = TreePath.of("p" + i);
      shape.admit(
          i % 3 == 0
              ? new TreeEntry.Directory(path, metadata())
              : new TreeEntry.RegularFile(path, metadata(), 0, false));
    }
    assertThat(shape.count()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      TreePath path = TreePath.of("p" + i);
      assertThat(shape.contains(path)).isTrue();
      assertThat(shape.isDirectory(path)).isEqualTo(i % 3 == 0);
      assertThat(shape.contains(TreePath.of("q" + i))).isFalse();
    }
  }
}
