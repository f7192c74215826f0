package io.holdfast.engine.repository.directory.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.Metadata;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarHeaderTest {
  private static final Metadata PLAIN =
      new Metadata(0644, 1000, 100, new FileTime(1_000_000_000, 0), Map.of());

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] file(String path, Metadata metadata, long size) {
    return TarHeader.of(
        "c/a", new TreeEntry.RegularFile(TreePath.of(path), metadata, size, false), List.of());
  }

  @Test
  @DisplayName("what fits ustar is one block, with a checksum that adds up")
  void ustar() {
    byte[] header = file("name", PLAIN, 0_777);
    assertThat(header).hasSize(512);
    assertThat(text(header))
        .startsWith("c/a/name\0")
        .contains("0000644\0" + "0001750\0" + "0000144\0" + "00000000777\0" + "07346545000\0")
        .contains("ustar\0" + "00");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    assertThat(text(header).substring(148, 156)).isEqualTo(String.format("%06o\0 ", sum));
  }

  @Test
  @DisplayName("what does not fit goes into an extended header, as raw bytes")
  void pax() {
    byte[] name = new byte[150];
    java.util.Arrays.fill(name, (byte) 0xe4);
    var metadata =
        new Metadata(
            0,
            4_000_000_000L,
            2_097_152,
            new FileTime(-2, 500_000_000),
            Map.of(
                new AttributeName("user.a=%".getBytes(StandardCharsets.US_ASCII)),
                new byte[] {0, 10}));
    byte[] header =
        TarHeader.of(
            "c/a",
            new TreeEntry.RegularFile(TreePath.ofBytes(name), metadata, 1L << 33, false),
            List.of());
    assertThat(header.length % 512).isZero();
    assertThat(text(header))
        .contains("164 path=c/a/" + text(name) + "\n")
        .contains("18 uid=4000000000\n")
        .contains("15 gid=2097152\n")
        .contains("22 mtime=-1.500000000\n")
        .contains("19 size=8589934592\n")
        .contains("SCHILY.xattr.user.a%3D%25=\0\n\n");
    assertThat(header[156]).isEqualTo((byte) 'x');
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "5, 1, 5.000000001",
    "-1, 0, -1",
    "-1, 999999999, -0.000000001",
    "-2, 500000000, -1.500000000",
    "-1, 1, -0.999999999",
    "4, 999999999, 4.999999999",
  })
  @DisplayName("times before 1970 are exact")
  void times(long seconds, int nanos, String decimal) {
    assertThat(UstarHeader.decimal(new FileTime(seconds, nanos))).isEqualTo(decimal);
  }

  @Test
  @DisplayName("a length that counts its own digits is right where they become more")
  void paxLengths() {
    for (int length = 1; length < 1200; length++) {
      var records = new PaxRecords();
      records.add("k", "v".repeat(length));
      String record = text(records.bytes());
      assertThat(record.substring(0, record.indexOf(' ')))
          .isEqualTo(Integer.toString(record.length()));
    }
  }

  @Test
  @DisplayName("the map of a sparse file names its data and its end")
  void sparse() {
    byte[] header =
        TarHeader.of(
            "c/a",
            new TreeEntry.RegularFile(TreePath.of("d/s"), PLAIN, 1000, true),
            List.of(new Extent(10, 20), new Extent(500, 3)));
    assertThat(text(header))
        .contains("GNU.sparse.major=1\n", "GNU.sparse.name=c/a/d/s\n", "GNU.sparse.realsize=1000\n")
        .contains("c/a/d/GNUSparseFile.0/s\0")
        .contains("3\n10\n20\n500\n3\n1000\n0\n\0");
    assertThat(text(header)).contains("00000001027\0");
  }

  @Test
  void whatTarKnowsNotHasNoEntry() {
    var path = TreePath.of("s");
    assertThat(
            TarHeader.of("c/a", new TreeEntry.Special(path, PLAIN, FileType.SOCKET, 0), List.of()))
        .isEmpty();
    assertThat(
            text(
                TarHeader.of(
                    "c/a",
                    new TreeEntry.Special(path, PLAIN, FileType.CHARACTER_DEVICE, 0x103),
                    List.of())))
        .contains("0000001\0" + "0000003\0");
  }
}
