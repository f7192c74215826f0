package io.holdfast.vault.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From making a vault to closing it. */
interface LifeContract extends BackendFixture {
  private Map<String, ThrowingCallable> operations(Backend on, FileId file, byte[] content) {
    var all = new LinkedHashMap<String, ThrowingCallable>();
    all.put("create", on::create);
    all.put("write", () -> on.write(missing(FileType.PACK), ByteBuffer.wrap(bytes(-1, 20))));
    all.put("read", () -> on.read(file, 0, ByteBuffer.allocate(content.length)));
    all.put("read nothing", () -> on.read(file, 0, ByteBuffer.allocate(0)));
    all.put("read all", () -> on.readAll(file));
    all.put("size", () -> on.size(file));
    all.put("exists", () -> on.exists(file));
    all.put("list", () -> on.list(FileType.PACK));
    all.put("delete", () -> on.delete(file));
    return all;
  }

  @Test
  @DisplayName("creating again, by whomever, changes nothing")
  default void creatingAgain() throws Exception {
    byte[] content = bytes(1, 1000);
    for (FileType type : FileType.values()) {
      write(type, content);
    }
    backend().create();
    another().create();
    for (FileType type : FileType.values()) {
      assertStored(backend(), id(type, content), content);
    }
  }

  @Test
  @DisplayName("many create at once")
  default void creatingAtOnce() throws Exception {
    Backend other = another();
    together(
        8,
        number -> {
          (number % 2 == 0 ? backend() : other).create();
          return true;
        });
    byte[] content = bytes(1, 1000);
    assertStored(other, write(FileType.PACK, content), content);
  }

  @Test
  @DisplayName("who is asked after he was closed says so, and others on the same storage work on")
  default void closed() throws Exception {
    byte[] content = bytes(1, 1000);
    FileId file = write(FileType.PACK, content);
    Backend ended = another();
    ended.size(file);
    ended.close();
    ended.close();
    operations(ended, file, content)
        .forEach((name, call) ->
            assertThatThrownBy(call).as(name).isInstanceOf(IllegalStateException.class));
    assertThat(ended.location()).isEqualTo(backend().location());
    assertStored(backend(), file, content);
    assertMissing(backend(), missing(FileType.PACK));
    byte[] more = bytes(2, 1000);
    assertStored(backend(), write(FileType.PACK, more), more);
  }

  @Test
  @DisplayName("a thread that is interrupted is told so, stays interrupted, and changed nothing")
  default void interruptedBefore() throws Exception {
    byte[] content = bytes(1, 1000);
    FileId file = write(FileType.PACK, content);
    operations(backend(), file, content)
        .forEach((name, call) -> {
          Thread.currentThread().interrupt();
          try {
            assertThatThrownBy(call).as(name).isInstanceOf(InterruptedIOException.class);
          } finally {
            assertThat(Thread.interrupted()).as(name).isTrue();
          }
        });
    assertStored(backend(), file, content);
    assertMissing(backend(), missing(FileType.PACK));
  }

  @Test
  @DisplayName("a location is for people, and the same for all on one storage")
  default void location() throws Exception {
    assertThat(backend().location()).isNotBlank().isEqualTo(another().location());
  }
}
