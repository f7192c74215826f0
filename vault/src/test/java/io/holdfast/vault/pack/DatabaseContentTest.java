package io.holdfast.vault.pack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Workers;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.chunk.Chunker;
import io.holdfast.vault.chunk.Polynomial;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.index.BlobIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Databases are stored in chunks of whole pages, so that a changed page is a changed chunk. */
class DatabaseContentTest {
  private static final int PAGE = 4096;
  private static final int CHUNK = 16 << 10;

  private Vault vault;
  private long storedBytes;

  @BeforeEach
  void create() throws IOException {
    vault =
        VaultAccess.create(
            new MemoryBackend(new MemoryBackend.Storage()),
            "secret".getBytes(UTF_8),
            new ScryptParameters(1 << 10, 8, 1),
            new KeyFile.Origin("", "", Instant.EPOCH),
            new SecureRandom());
  }

  private static byte[] database(int size) {
    var bytes = new byte[size];
    new Random(5).nextBytes(bytes);
    System.arraycopy("SQLite format 3\0".getBytes(US_ASCII), 0, bytes, 0, 16);
    bytes[16] = PAGE >> 8;
    bytes[17] = 0;
    return bytes;
  }

  private ContentWriter.Stored store(Content content) throws IOException {
    BlobIndex index = vault.readIndex(new Cancellation());
    try (var workers = Workers.start("test");
        var blobs = new BlobWriter(vault, index, 3)) {
      ContentWriter.Stored stored =
          new ContentWriter(
                  blobs, new Chunker(new Polynomial(vault.config().chunkerPolynomial())), workers)
              .store(content, new Meter(new Cancellation(), b -> {}));
      blobs.finish();
      storedBytes = blobs.storedBytes();
      return stored;
    }
  }

  private byte[] read(ContentWriter.Stored stored) throws IOException {
    var all = new ByteArrayOutputStream();
    try (var reader = new BlobReader(vault, vault.readIndex(new Cancellation()))) {
      for (ContentId chunk : stored.chunks()) {
        all.write(reader.read(BlobType.DATA, chunk));
      }
    }
    return all.toByteArray();
  }

  @Test
  void chunksAreOfWholePagesAndTheLastIsTheRest() throws IOException {
    byte[] database = database(3 * (1 << 20) + 5 * PAGE + 100);

    ContentWriter.Stored stored = store(new BytesContent(database));

    assertThat(stored.chunks()).hasSize(3 * 64 + 2);
    assertThat(stored.size()).isEqualTo(database.length);
    assertThat(stored.sha256()).isEqualTo(ContentId.of(database).toString());
    assertThat(read(stored)).isEqualTo(database);
  }

  @Test
  void changedPagesAreAllThatIsStoredAgain() throws IOException {
    byte[] database = database(8 << 20);
    store(new BytesContent(database));
    for (int page : new int[] {0, 100, 101, 700, 1999}) {
      database[page * PAGE + 2000]++;
    }

    ContentWriter.Stored stored = store(new BytesContent(database));

    assertThat(storedBytes).isBetween(4L * CHUNK, 4L * CHUNK + 1000);
    assertThat(read(stored)).isEqualTo(database);
  }

  @Test
  void aSourceThatGivesLittleAtATimeIsCutAlike() throws IOException {
    byte[] database = database(1 << 20);
    ContentWriter.Stored once = store(new BytesContent(database));

    ContentWriter.Stored again = store(new Sips(database));

    assertThat(again.chunks()).isEqualTo(once.chunks());
    assertThat(storedBytes).isZero();
  }

  @Test
  void whatOnlyLooksLikeOneIsCutWhereItsContentSays() throws IOException {
    byte[] other = database(4 << 20);
    other[16] = 3;

    assertThat(store(new BytesContent(other)).chunks()).hasSizeLessThan(9);
  }

  /** Gives one byte, then two, then three, and so on. */
  private record Sips(byte[] bytes) implements Content {
    @Override
    public Reader open() {
      Reader all = new BytesContent(bytes).open();
      return new Reader() {
        private int sip;

        @Override
        public long size() {
          return all.size();
        }

        @Override
        public List<Extent> extents() {
          return all.extents();
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
          int count = Math.min(++sip, target.remaining());
          int given = all.read(target.slice(target.position(), count));
          target.position(target.position() + Math.max(given, 0));
          return given;
        }

        @Override
        public void skipHole(long length) throws IOException {
          all.skipHole(length);
        }

        @Override
        public void close() throws IOException {
          all.close();
        }
      };
    }

    @Override
    public boolean isDetached() {
      return false;
    }
  }
}
