package io.holdfast.vault.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.index.BlobIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blobs on their way into packs and back. */
class BlobStoreTest {
  private final Backend backend = new MemoryBackend(new MemoryBackend.Storage());
  private Vault vault;

  @BeforeEach
  void create() throws IOException {
    vault =
        VaultAccess.create(
            backend,
            "secret".getBytes(UTF_8),
            new ScryptParameters(1 << 10, 8, 1),
            new KeyFile.Origin("", "", Instant.EPOCH),
            new SecureRandom());
  }

  private static byte[] noise(int seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private BlobIndex index() throws IOException {
    return vault.readIndex(new Cancellation());
  }

  private byte[] read(ContentId id) throws IOException {
    try (var reader = new BlobReader(vault, index())) {
      return reader.read(BlobType.DATA, id);
    }
  }

  @Test
  @DisplayName("what was saved by many threads is found by everybody once it is finished")
  void manyThreads() throws Exception {
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      contents.add(i % 3 == 0 ? new byte[i * 1000] : noise(i % 120, 200_000));
    }
    List<Future<ContentId>> saved;
    try (var writer = new BlobWriter(vault, index(), 1);
        var threads = Executors.newFixedThreadPool(4)) {
      saved =
          threads.invokeAll(
              contents.stream()
                  .<Callable<ContentId>>map(
                      content -> () -> writer.save(BlobType.DATA, content, 0, content.length))
                  .toList());
      writer.finish();
    }
    for (int i = 0; i < contents.size(); i++) {
      ContentId id = saved.get(i).get();
      assertThat(id).isEqualTo(ContentId.of(contents.get(i)));
      assertThat(read(id)).isEqualTo(contents.get(i));
    }
    // Each content once, though several threads saved it at the same time.
    assertThat(index().size())
        .isEqualTo((int) contents.stream().map(ContentId::of).distinct().count());
    for (Backend.Listed pack : backend.list(FileType.PACK)) {
      assertThat(pack.size()).isLessThan(20L << 20);
    }
  }

  @Test
  @DisplayName("what the vault has is not stored again")
  void known() throws Exception {
    byte[] content = noise(1, 100_000);
    for (int i = 0; i < 2; i++) {
      try (var writer = new BlobWriter(vault, index(), 1)) {
        writer.save(BlobType.DATA, content, 0, content.length);
        writer.finish();
        assertThat(writer.storedBytes() > 0).isEqualTo(i == 0);
      }
    }
    assertThat(backend.list(FileType.PACK)).hasSize(1);
    assertThat(backend.list(FileType.INDEX)).hasSize(1);
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: a flipped bit in a pack is found by the seal, and a lost pack by its absence")
  void damage() throws Exception {
    byte[] content = noise(2, 5_000);
    ContentId id;
    try (var writer = new BlobWriter(vault, index(), 1)) {
      id = writer.save(BlobType.DATA, content, 0, content.length);
      writer.finish();
    }
    FileId pack = FileId.of(FileType.PACK, backend.list(FileType.PACK).getFirst().id());
    byte[] bytes = backend.readAll(pack);
    for (int at : new int[] {0, 17, 4_000}) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 1;
      backend.delete(pack);
      backend.write(pack, ByteBuffer.wrap(flipped));
      assertThatThrownBy(() -> read(id))
          .isInstanceOf(DamagedBlobException.class)
          .hasMessageContaining("is damaged");
    }
    backend.delete(pack);
    assertThatThrownBy(() -> read(id))
        .isInstanceOf(DamagedBlobException.class)
        .hasMessageContaining("is lost with its pack");
  }

  @Test
  @DisplayName("a blob that is damaged in one pack is read from another")
  void secondPlace() throws Exception {
    byte[] content = noise(3, 5_000);
    for (int i = 0; i < 2; i++) {
      // Each knows nothing of the other, as two that write at the same time.
      try (var writer = new BlobWriter(vault, new BlobIndex(), 1)) {
        writer.save(BlobType.DATA, content, 0, content.length);
        writer.finish();
      }
    }
    List<Backend.Listed> packs = backend.list(FileType.PACK);
    assertThat(packs).hasSize(2);
    for (Backend.Listed damaged : packs) {
      FileId file = FileId.of(FileType.PACK, damaged.id());
      byte[] bytes = backend.readAll(file);
      backend.delete(file);
      assertThat(read(ContentId.of(content))).isEqualTo(content);
      backend.write(file, ByteBuffer.wrap(bytes));
    }
  }
}
