package io.holdfast.vault.chunk;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabasePagesTest {
  private static final long MIB = 1 << 20;

  /** The beginning of a database, with its field for the size of a page. */
  private static byte[] header(int field) {
    var header = new byte[100];
    System.arraycopy("SQLite format 3\0".getBytes(US_ASCII), 0, header, 0, 16);
    header[16] = (byte) (field >> 8);
    header[17] = (byte) field;
    return header;
  }

  private static OptionalInt size(byte[] content, long size) {
    return DatabasePages.chunkSize(content, content.length, size);
  }

  @ParameterizedTest
  @CsvSource({"512, 16", "1024, 16", "4096, 16", "16384, 16", "32768, 32", "1, 64"})
  void aChunkIsOfWholePages(int field, int kib) {
    assertThat(size(header(field), 100 * MIB)).hasValue(kib << 10);
  }

  @ParameterizedTest
  @CsvSource({"2047, 16", "2048, 32", "4095, 32", "4096, 64", "8192, 128", "16383, 128"})
  void aLargerDatabaseHasLargerChunks(long mib, int kib) {
    assertThat(size(header(4096), mib * MIB)).hasValue(kib << 10);
  }

  @Test
  void whereSmallOnesWouldBeTooManyTheContentSays() {
    assertThat(size(header(4096), 16384 * MIB)).isEmpty();
    assertThat(size(header(1), Long.MAX_VALUE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 256, 511, 1000, 4097, 0xffff})
  void whatIsNoSizeOfPagesIsNoDatabase(int field) {
    assertThat(size(header(field), MIB)).isEmpty();
  }

  @Test
  void anythingElseIsNone() {
    byte[] similar = header(4096);
    similar[15] = 1;

    assertThat(size(similar, MIB)).isEmpty();
    assertThat(size(new byte[100], MIB)).isEmpty();
    assertThat(size(new byte[0], 0)).isEmpty();
    assertThat(DatabasePages.chunkSize(header(4096), DatabasePages.HEADER - 1, MIB)).isEmpty();
    assertThat(DatabasePages.chunkSize(header(4096), DatabasePages.HEADER, MIB)).isPresent();
  }
}
