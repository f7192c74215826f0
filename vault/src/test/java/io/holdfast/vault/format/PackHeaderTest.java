package io.holdfast.vault.format;

import static io.holdfast.vault.format.Documents.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackHeaderTest {
  private static final int OVERHEAD = PackHeader.LENGTH_BYTES + PackedBlob.SEAL;
  private static final long CONTENT = 3_000_000_170L;

  @Test
  @DisplayName("A header is laid out as the format says, and comes back")
  void roundTrip() throws Exception {
    byte[] header = PackHeader.encode(Documents.blobs());
    assertThat(header).hasSize(2 * 37 + 2 * 41);
    assertThat(Arrays.copyOf(header, 5)).containsExactly(0, 38, 0, 0, 0);
    assertThat(Arrays.copyOfRange(header, 5, 37)).isEqualTo(id(31).toBytes());
    assertThat(header[37]).isEqualTo((byte) 1);
    assertThat(Arrays.copyOfRange(header, 74, 83))
        .containsExactly(2, 0x00, 0x5e, 0xd0, 0xb2, 0x00, 0x28, 0x6b, 0xee);
    assertThat(header[115]).isEqualTo((byte) 3);
    assertThat(PackHeader.decode(header, CONTENT + header.length + OVERHEAD, "pack 1"))
        .isEqualTo(Documents.blobs());
  }

  @Test
  @DisplayName("Lengths are those of the blob's bytes")
  void lengths() {
    assertThat(Documents.blobs().get(0).contentLength()).isEqualTo(6);
    assertThat(Documents.blobs().get(2).contentLength()).isEqualTo(4_000_000_000L);
    assertThat(Documents.blobs().get(1).isCompressed()).isFalse();
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a pack that is longer or shorter than its header says is refused")
  void wrongSize() {
    byte[] header = PackHeader.encode(Documents.blobs());
    for (long wrong : new long[] {-1, 1, -CONTENT, 1L << 40}) {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(
              () -> PackHeader.decode(header, CONTENT + header.length + OVERHEAD + wrong, "pack 1"))
          .withMessageStartingWith("pack 1: its header tells of 4 blobs with 3000000170 bytes");
    }
  }

  @Test
  @DisplayName("Every header cut short is refused")
  void cutShort() {
    byte[] header = PackHeader.encode(Documents.blobs());
    for (int length = 0; length < header.length; length++) {
      byte[] cut = Arrays.copyOf(header, length);
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> PackHeader.decode(cut, CONTENT + header.length + OVERHEAD, "pack 1"));
    }
  }

  @ParameterizedTest
  @DisplayName("An entry that cannot be is refused")
  @CsvSource({
    "0, 4, its header has an entry of type 4 at byte 0",
    "0, -1, its header has an entry of type 255 at byte 0",
    "1, 31, 'a blob of 31 bytes is shorter than its seal alone, by the entry of its header at byte"
        + " 0'",
  })
  void impossible(int at, byte value, String message) {
    byte[] header = PackHeader.encode(Documents.blobs().subList(0, 1));
    header[at] = value;
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> PackHeader.decode(header, 38 + 37 + OVERHEAD, "pack 1"))
        .withMessage("pack 1: " + message);
  }

  @Test
  @DisplayName("A compressed blob of no bytes, and blobs beyond what a pack can hold, are refused")
  void moreImpossible() {
    byte[] header = PackHeader.encode(List.of(new PackedBlob(id(1), BlobType.DATA, 0, 40, 5)));
    header[5] = 0;
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> PackHeader.decode(header, 40 + 41 + OVERHEAD, "pack 1"))
        .withMessageContaining("compressed blob of no bytes");
    byte[] twice = Arrays.copyOf(header, 2 * header.length);
    Arrays.fill(twice, 1, 9, (byte) 0xff);
    System.arraycopy(twice, 0, twice, header.length, header.length);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> PackHeader.decode(twice, 1L << 33, "pack 1"))
        .withMessageContaining("beyond the end of any pack");
  }

  @ParameterizedTest
  @DisplayName("The length of a sealed header is believed within limits only")
  @CsvSource({
    "69, 73, true",
    "68, 1000, false",
    "0, 1000, false",
    "69, 72, false",
    "996, 1000, true",
    "997, 1000, false",
    "16777216, 16777220, true",
    "16777217, 99999999, false",
    "2147483647, 99999999999, false",
    "-1, 99999999999, false",
    "-2147483648, 99999999999, false",
  })
  void sealedLength(int claimed, long packSize, boolean believed) throws Exception {
    byte[] tail = Arrays.copyOf(new byte[] {9}, 5);
    System.arraycopy(PackHeader.encodeLength(claimed), 0, tail, 1, 4);
    if (believed) {
      assertThat(PackHeader.sealedLength(tail, packSize, "pack 1")).isEqualTo(claimed);
    } else {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> PackHeader.sealedLength(tail, packSize, "pack 1"));
    }
  }

  @Test
  @DisplayName("A pack of three bytes has no header")
  void tiny() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> PackHeader.sealedLength(new byte[3], 3, "pack 1"));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> PackHeader.sealedLength(new byte[8], 7, "pack 1"));
  }

  @Test
  @DisplayName("A header of nothing, of too much, and of blobs with a gap cannot be made")
  void unwritable() {
    var blob = new PackedBlob(id(1), BlobType.DATA, 0, 40, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> PackHeader.encode(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackHeader.encode(Collections.nCopies(PackHeader.MAX_BLOBS + 1, blob)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PackHeader.encode(List.of(new PackedBlob(id(1), BlobType.DATA, 1, 40, 0))));
  }
}
