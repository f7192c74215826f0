package io.holdfast.vault.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Parts of files: wholly, or not at all. */
interface RangeContract extends BackendFixture {
  int SIZE = 100_000;

  @ParameterizedTest
  @CsvSource({
    "0, 100000",
    "0, 1",
    "0, 0",
    "99999, 1",
    "100000, 0",
    "50000, 0",
    "1, 99999",
    "0, 99999",
    "12345, 54321"
  })
  @DisplayName("a part is filled in from position to limit, and nothing else is touched")
  default void partIsRead(int offset, int length) throws Exception {
    byte[] content = bytes(1, SIZE);
    FileId file = write(FileType.PACK, content);
    for (ByteBuffer target :
        new ByteBuffer[] {
          ByteBuffer.allocate(length + 20), ByteBuffer.allocateDirect(length + 20)
        }) {
      target.position(7).limit(7 + length);
      backend().read(file, offset, target);

      assertThat(target.position()).isEqualTo(7 + length);
      assertThat(target.limit()).isEqualTo(7 + length);
      byte[] expected = new byte[length + 20];
      System.arraycopy(content, offset, expected, 7, length);
      byte[] found = new byte[length + 20];
      target.clear().get(found);
      assertThat(Arrays.equals(found, expected)).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100001",
    "99999, 2",
    "100000, 1",
    "100001, 0",
    "100001, 1",
    "9223372036854775807, 1",
    "9223372036854775807, 0",
    "9223372036854775000, 4000",
    "50000, 50001"
  })
  @DisplayName("a part that is not wholly there is TOO_SHORT, and the target's position stays")
  default void beyondTheEndIsTooShort(long offset, int length) throws Exception {
    FileId file = write(FileType.PACK, bytes(2, SIZE));
    var target = ByteBuffer.allocate(length + 10).position(5).limit(5 + length);

    assertRefused(Reason.TOO_SHORT, () -> backend().read(file, offset, target));

    assertThat(target.position()).isEqualTo(5);
    assertThat(target.limit()).isEqualTo(5 + length);
    backend().read(file, 0, ByteBuffer.allocate(10));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("an empty file has an empty part at its beginning and no other")
  default void emptyFile(FileType type) throws Exception {
    FileId file = write(type, new byte[0]);
    backend().read(file, 0, ByteBuffer.allocate(0));
    assertRefused(Reason.TOO_SHORT, () -> backend().read(file, 0, ByteBuffer.allocate(1)));
    assertRefused(Reason.TOO_SHORT, () -> backend().read(file, 1, ByteBuffer.allocate(0)));
    assertThat(backend().readAll(file)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("of a file that is not there nothing is read, and that is NOT_FOUND")
  default void missingFile(FileType type) throws Exception {
    FileId file = missing(type);
    assertMissing(backend(), file);
    var target = ByteBuffer.allocate(10).position(3);
    assertRefused(Reason.NOT_FOUND, () -> backend().read(file, 1000, target));
    assertThat(target.position()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFIG", "KEY", "LOCK"})
  @DisplayName("what is larger than any such file is not read at once, into memory")
  default void tooLarge(FileType type) throws Exception {
    FileId largest = write(type, bytes(4, type.mostBytes()));
    assertThat(backend().readAll(largest)).hasSize(type.mostBytes());
    backend().delete(largest);

    FileId larger = write(type, bytes(5, type.mostBytes() + 1));
    assertRefused(Reason.OTHER, () -> backend().readAll(larger));
  }

  @Test
  @DisplayName("an offset below zero is nonsense")
  default void negativeOffset() throws Exception {
    FileId file = write(FileType.PACK, bytes(3, 10));
    assertThatThrownBy(() -> backend().read(file, -1, ByteBuffer.allocate(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
