package io.holdfast.vault.backend.contract;

import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was deleted is gone. */
interface DeletionContract extends BackendFixture {
  @ParameterizedTest
  @EnumSource
  @DisplayName("a file that was deleted is gone for everybody")
  default void deletedIsGone(FileType type) throws Exception {
    FileId file = write(type, bytes(1, 700));
    another().delete(file);
    assertMissing(backend(), file);
    assertMissing(another(), file);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("what is not there can be deleted, again and again")
  default void deletionIsIdempotent(FileType type) throws Exception {
    backend().delete(missing(type));
    FileId file = write(type, bytes(1, 700));
    for (int i = 0; i < 3; i++) {
      backend().delete(file);
      assertMissing(backend(), file);
    }
  }

  @Test
  @DisplayName("a deletion takes one file and no other")
  default void onlyThatFile() throws Exception {
    byte[] content = bytes(1, 700);
    for (FileType type : FileType.values()) {
      write(type, content);
    }
    byte[] other = bytes(2, 700);
    write(FileType.PACK, other);
    backend().delete(id(FileType.PACK, content));
    assertMissing(backend(), id(FileType.PACK, content));
    assertStored(backend(), id(FileType.PACK, other), other);
    for (FileType type : FileType.values()) {
      if (type != FileType.PACK) {
        assertStored(backend(), id(type, content), content);
      }
    }
  }
}
