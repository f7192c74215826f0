package io.holdfast.vault.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.CountingBackend.Count;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountingBackendTest {
  private static final byte[] CONTENT = new byte[1000];
  private static final FileId FILE = FileId.of(FileType.PACK, ContentId.of(CONTENT));

  @Test
  @DisplayName("calls, failures and bytes are counted apart for each operation")
  void counts() throws IOException {
    var backend = new CountingBackend(new MemoryBackend());
    assertThat(backend.counts()).hasSize(6).containsEntry(Operation.WRITE, new Count(0, 0, 0));
    backend.create();
    var content = ByteBuffer.wrap(CONTENT).position(0);
    backend.write(FILE, content);
    assertThat(catchThrowable(() -> backend.write(FILE, content))).isNotNull();
    backend.read(FILE, 10, ByteBuffer.allocate(100));
    assertThat(backend.readAll(FILE)).hasSize(1000);
    assertThat(catchThrowable(() -> backend.read(FILE, 1000, ByteBuffer.allocate(1)))).isNotNull();
    assertThat(backend.size(FILE)).isEqualTo(1000);
    assertThat(backend.exists(FileId.CONFIG)).isFalse();
    assertThat(backend.list(FileType.PACK)).hasSize(1);
    backend.delete(FILE);
    backend.delete(FILE);

    assertThat(backend.counts())
        .containsEntry(Operation.CREATE, new Count(1, 0, 0))
        .containsEntry(Operation.WRITE, new Count(2, 1, 1000))
        .containsEntry(Operation.READ, new Count(3, 1, 1100))
        .containsEntry(Operation.SIZE, new Count(2, 1, 0))
        .containsEntry(Operation.LIST, new Count(1, 0, 0))
        .containsEntry(Operation.DELETE, new Count(2, 0, 0));
  }

  @Test
  @DisplayName("what many threads ask for is counted wholly")
  void manyThreads() throws IOException {
    var backend =
        new CountingBackend(
            new FaultyBackend(
                new MemoryBackend(), BackendFault.failBefore(1, Reason.FULL).forGood()));
    try (var pool = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 1000; i++) {
        pool.execute(() -> assertThat(catchThrowable(() -> backend.delete(FILE))).isNotNull());
      }
    }
    assertThat(backend.count(Operation.DELETE)).isEqualTo(new Count(1000, 1000, 0));
  }
}
