package io.holdfast.vault.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored is what is read. */
interface ContentContract extends BackendFixture {
  @ParameterizedTest
  @EnumSource
  @DisplayName("a file of every sort is there to the byte after it was written, for everybody")
  default void writtenIsThere(FileType type) throws Exception {
    byte[] content = bytes(1, 5000);
    FileId file = write(type, content);
    assertStored(backend(), file, content);
    assertStored(another(), file, content);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 7_654_321})
  @DisplayName("a file has any size, none included")
  default void anySize(int size) throws Exception {
    byte[] content = bytes(2, size);
    assertStored(backend(), write(FileType.PACK, content), content);
    assertStored(backend(), write(FileType.CONFIG, content), content);
  }

  static Stream<Arguments> buffers() {
    return Stream.of(
        Arguments.of("on the heap", ByteBuffer.allocate(9000)),
        Arguments.of("direct", ByteBuffer.allocateDirect(9000)),
        Arguments.of("a slice", ByteBuffer.allocate(12_000).slice(1000, 9000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.holdfast.vault.backend.contract.ContentContract#buffers")
  @DisplayName("what lies between position and limit is written, and the buffer stays as it was")
  default void writesBetweenPositionAndLimit(String kind, ByteBuffer buffer) throws Exception {
    byte[] all = bytes(3, buffer.capacity());
    buffer.put(all).position(123).limit(8901);
    byte[] content = Arrays.copyOfRange(all, 123, 8901);
    FileId file = FileId.of(FileType.INDEX, ContentId.of(content));

    backend().write(file, buffer.asReadOnlyBuffer());
    assertStored(backend(), file, content);
    backend().delete(file);
    backend().write(file, buffer);
    assertStored(backend(), file, content);

    assertThat(buffer.position()).isEqualTo(123);
    assertThat(buffer.limit()).isEqualTo(8901);
    byte[] after = new byte[all.length];
    buffer.clear().get(after);
    assertThat(after).isEqualTo(all);
  }

  @Test
  @DisplayName("the same name is another file in another sort")
  default void sortsAreApart() throws Exception {
    byte[] content = bytes(4, 300);
    FileId file = write(FileType.SNAPSHOT, content);
    for (FileType type : BackendFixture.named()) {
      if (type != FileType.SNAPSHOT) {
        assertMissing(backend(), FileId.of(type, file.id().orElseThrow()));
      }
    }
    assertMissing(backend(), FileId.CONFIG);
  }
}
