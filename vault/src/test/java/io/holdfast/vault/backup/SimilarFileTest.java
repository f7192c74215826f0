package io.holdfast.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.CountingBackend;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.Operation;
import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.index.BlobIndex;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.BlobWriter;
import io.holdfast.vault.pack.ContentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file that is there already has in common with one in a vault is not read from there. */
class SimilarFileTest {
  private static final int SIZE = 20 << 20;

  @TempDir Path temporary;

  private final FileLayer files = PosixFileLayer.create();
  private final CountingBackend backend =
      new CountingBackend(new MemoryBackend(new MemoryBackend.Storage()));
  private final byte[] bytes = new byte[SIZE];
  private BlobIndex index;
  private Vault vault;
  private ContentWriter.Stored stored;
  private long readBefore;

  @BeforeEach
  void store() throws IOException {
    new Random(8).nextBytes(bytes);
    vault =
        VaultAccess.create(
            backend,
            "secret".getBytes(UTF_8),
            new ScryptParameters(1 << 10, 8, 1),
            new KeyFile.Origin("", "", Instant.EPOCH),
            new SecureRandom());
    index = new BlobIndex();
    try (var workers = Workers.start("test");
        var blobs = new BlobWriter(vault, index, 1)) {
      stored =
          new ContentWriter(
                  blobs, new Chunker(new Polynomial(vault.config().chunkerPolynomial())), workers)
              .store(new BytesContent(bytes), new Meter(new Cancellation(), b -> {}));
      blobs.finish();
    }
    readBefore = backend.count(Operation.READ).bytes();
  }

  private byte[] restore(byte[] live) throws IOException {
    Path place = temporary.resolve("live");
    Files.write(place, live);
    var content =
        new ChunkedContent(
            new VaultErrors("the vault", FilePath.of("/state")),
            new BlobReader(vault, index),
            "file",
            SIZE,
            Optional.of(stored.sha256()),
            stored.chunks(),
            List.of(new Extent(0, SIZE)));
    try (ReadableFile similar = files.open(FilePath.of(place));
        Content.Reader reader = content.open(similar)) {
      var all = ByteBuffer.allocate(SIZE);
      while (reader.read(all) > 0) {
        // On to the end.
      }
      return all.array();
    }
  }

  private long fetched() {
    return backend.count(Operation.READ).bytes() - readBefore;
  }

  @Test
  @DisplayName("of a file that is the same nothing is fetched")
  void same() throws IOException {
    assertThat(restore(bytes)).isEqualTo(bytes);

    assertThat(fetched()).isZero();
  }

  @Test
  @DisplayName("of a file that differs in one place a chunk or two are fetched")
  void nearlySame() throws IOException {
    byte[] live = bytes.clone();
    live[SIZE / 2] ^= 1;

    assertThat(restore(live)).isEqualTo(bytes);

    assertThat(fetched()).isBetween(1L, 17L << 20);
    assertThat(fetched()).isLessThan(SIZE);
  }

  @Test
  @DisplayName("a file that is shorter, longer, empty or another is of as much use as it can be")
  void others() throws IOException {
    assertThat(restore(Arrays.copyOf(bytes, SIZE / 2))).isEqualTo(bytes);
    assertThat(restore(Arrays.copyOf(bytes, SIZE + 1000))).isEqualTo(bytes);
    assertThat(restore(new byte[0])).isEqualTo(bytes);
    assertThat(restore(new byte[SIZE])).isEqualTo(bytes);
  }

  @Test
  @DisplayName("damage in the vault is found where the other file is no help, and only there")
  void damage() throws IOException {
    byte[] live = bytes.clone();
    live[0] ^= 1;
    for (var pack : backend.list(FileType.PACK)) {
      backend.delete(FileId.of(FileType.PACK, pack.id()));
    }

    assertThat(restore(bytes)).isEqualTo(bytes);
    assertThatThrownBy(() -> restore(live)).isInstanceOf(HoldfastException.class);
  }
}
