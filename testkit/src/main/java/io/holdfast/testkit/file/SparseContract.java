package io.holdfast.testkit.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Holes: made by writing past the end, found by nextData and nextHole. */
interface SparseContract extends FileLayerFixture {
  int MIB = 1 << 20;

  @Test
  default void holesAreFoundWhereTheyWereMade() throws IOException {
    try (var file = files().create(at("sparse"), 0600)) {
      file.write(ByteBuffer.wrap(new byte[] {1}), 4L * MIB);
      file.setLength(9L * MIB);
    }
    var stat = files().find(at("sparse")).orElseThrow();
    assertThat(stat.size()).isEqualTo(9L * MIB);
    Assumptions.assumeTrue(stat.allocated() < MIB, "the file system keeps no holes");
    try (var file = files().open(at("sparse"))) {
      assertThat(file.nextHole(0)).isZero();
      assertThat(file.nextData(0)).isEqualTo(4L * MIB);
      assertThat(file.nextData(4L * MIB)).isEqualTo(4L * MIB);
      assertThat(file.nextHole(4L * MIB)).isBetween(4L * MIB + 1, 5L * MIB);
      assertThat(file.nextData(5L * MIB)).isEqualTo(-1);
    }
  }

  @Test
  default void aFileOfTerabytesTakesNoRoom() throws IOException {
    long size = 3L << 40;
    try (var file = files().create(at("huge"), 0600)) {
      file.setLength(size);
      file.write(ByteBuffer.wrap(new byte[] {7}), size - 1);
    }
    try (var file = files().open(at("huge"))) {
      var one = ByteBuffer.allocate(8);
      assertThat(file.read(one, size - 1)).isEqualTo(1);
      assertThat(one.get(0)).isEqualTo((byte) 7);
      assertThat(file.nextData(0)).isBetween(size - MIB, size - 1);
      assertThat(file.stat().allocated()).isLessThan(MIB);
    }
  }

  @Test
  default void aDenseFileHasDataUpToItsEnd() throws IOException {
    write("dense", "x".repeat(10_000));
    try (var file = files().open(at("dense"))) {
      assertThat(file.nextData(0)).isZero();
      assertThat(file.nextData(9_999)).isEqualTo(9_999);
      assertThat(file.nextHole(0)).isEqualTo(10_000);
      assertThat(file.nextData(10_000)).isEqualTo(-1);
      assertThat(file.nextData(99_999)).isEqualTo(-1);
    }
  }

  @Test
  default void anEmptyFileHasNoData() throws IOException {
    write("empty", "");
    try (var file = files().open(at("empty"))) {
      assertThat(file.nextData(0)).isEqualTo(-1);
      assertThat(file.nextHole(0)).isZero();
    }
  }
}
