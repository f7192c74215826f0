package io.holdfast.vault.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many threads at once, each unharmed by the others. */
interface ConcurrencyContract extends BackendFixture {
  int THREADS = 100;

  @Test
  @DisplayName("a hundred threads write, read, list and delete at once")
  default void manyThreads() throws Exception {
    byte[] shared = bytes(-5, 50_000);
    FileId common = write(FileType.INDEX, shared);
    together(
        THREADS,
        number -> {
          FileType type = BackendFixture.named().get(number % BackendFixture.named().size());
          for (int i = 0; i < 3; i++) {
            byte[] content = bytes(1000L * number + i, 3000 + number);
            FileId file = write(type, content);
            assertStored(backend(), file, content);
            var part = ByteBuffer.allocate(100);
            backend().read(common, 400L * number, part);
            assertThat(part.array())
                .isEqualTo(Arrays.copyOfRange(shared, 400 * number, 400 * number + 100));
            if (i < 2) {
              backend().delete(file);
              assertMissing(backend(), file);
            }
          }
          return true;
        });
    int left = 0;
    for (FileType type : BackendFixture.named()) {
      left += backend().list(type).size();
    }
    assertThat(left).isEqualTo(THREADS + 1);
  }
}
