package io.holdfast.vault.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name is given once. */
interface ExclusiveContract extends BackendFixture {
  @ParameterizedTest
  @EnumSource
  @DisplayName("a name that is taken is refused, and what bears it stays")
  default void takenNameIsRefused(FileType type) throws Exception {
    byte[] content = bytes(1, 4000);
    FileId file = write(type, content);
    assertRefused(Reason.ALREADY_EXISTS, () -> write(type, content));
    assertRefused(Reason.ALREADY_EXISTS, () -> another().write(file, ByteBuffer.wrap(content)));
    assertStored(backend(), file, content);
  }

  @Test
  @DisplayName("a config is never replaced by another one, longer or shorter or empty")
  default void configIsNeverReplaced() throws Exception {
    byte[] old = bytes(1, 200);
    write(FileType.CONFIG, old);
    for (int size : new int[] {0, 1, 200, 5000}) {
      assertRefused(Reason.ALREADY_EXISTS, () -> write(FileType.CONFIG, bytes(2, size)));
      assertStored(backend(), FileId.CONFIG, old);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a name that was deleted can be given again")
  default void deletedNameIsFree(FileType type) throws Exception {
    byte[] content = bytes(1, 400);
    FileId file = write(type, content);
    backend().delete(file);
    assertStored(backend(), write(type, content), content);
  }

  @RepeatedTest(5)
  @DisplayName("of many who make the config at once one succeeds, and it is his that is there")
  default void oneConfig() throws Exception {
    List<Backend> backends = List.of(backend(), another());
    List<Boolean> won =
        together(
            8,
            number ->
                succeeds(backends.get(number % 2), FileId.CONFIG, bytes(number, 1000 + number)));
    assertThat(won).containsOnlyOnce(true);
    int winner = won.indexOf(true);
    assertStored(backend(), FileId.CONFIG, bytes(winner, 1000 + winner));
  }

  @RepeatedTest(5)
  @DisplayName("of many who store one pack at once one succeeds, and the pack is whole")
  default void onePack() throws Exception {
    byte[] content = bytes(1, 300_000);
    FileId file = id(FileType.PACK, content);
    assertThat(together(8, number -> succeeds(backend(), file, content))).containsOnlyOnce(true);
    assertStored(backend(), file, content);
  }

  @RepeatedTest(5)
  @DisplayName("who looks at a file while it is written sees nothing or all of it")
  default void neverAPart() throws Exception {
    byte[] content = bytes(1, 2_000_000);
    FileId file = id(FileType.PACK, content);
    together(
        4,
        number -> {
          if (number == 0) {
            backend().write(file, ByteBuffer.wrap(content));
            return true;
          }
          while (!backend().exists(file)) {
            backend()
                .list(FileType.PACK)
                .forEach(listed -> assertThat(listed.size()).isEqualTo(content.length));
          }
          assertStored(backend(), file, content);
          return true;
        });
  }

  private boolean succeeds(Backend where, FileId file, byte[] content) throws Exception {
    try {
      where.write(file, ByteBuffer.wrap(content));
      return true;
    } catch (BackendException e) {
      assertThat(e.reason()).as(e.toString()).isEqualTo(Reason.ALREADY_EXISTS);
      return false;
    }
  }
}
