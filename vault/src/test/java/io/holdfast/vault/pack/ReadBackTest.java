package io.holdfast.vault.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.format.BlobType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A storage that says that it has a pack, and has another or none, is not believed. */
class ReadBackTest {
  /** Keeps of packs what a test makes of them. */
  private static final class Careless extends MemoryBackend {
    private final boolean remote;
    private final UnaryOperator<byte[]> kept;

    Careless(boolean remote, UnaryOperator<byte[]> kept) {
      this.remote = remote;
      this.kept = kept;
    }

    @Override
    public boolean isRemote() {
      return remote;
    }

    @Override
    public void write(FileId file, ByteBuffer content) throws IOException {
      byte[] bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      byte[] instead = file.type() == FileType.PACK ? kept.apply(bytes) : bytes;
      if (instead.length > 0) {
        super.write(file, ByteBuffer.wrap(instead));
      }
    }
  }

  private static void store(boolean remote, UnaryOperator<byte[]> kept) throws IOException {
    Vault vault =
        VaultAccess.create(
            new Careless(remote, kept),
            "secret".getBytes(UTF_8),
            new ScryptParameters(1 << 10, 8, 1),
            new KeyFile.Origin("", "", Instant.EPOCH),
            new SecureRandom());
    byte[] content = new byte[700_000];
    new Random(3).nextBytes(content);
    try (var writer = new BlobWriter(vault, vault.readIndex(new Cancellation()), 1)) {
      writer.save(BlobType.DATA, content, 0, content.length);
      writer.finish();
      writer.verify(new Cancellation(), bytes -> {});
    }
  }

  private static byte[] flipped(byte[] pack, int at) {
    pack[at] ^= 4;
    return pack;
  }

  @Test
  void aFlippedBitOnThisMachineIsSeen() {
    for (int at : new int[] {0, 300_000, 699_999}) {
      assertThatThrownBy(() -> store(false, pack -> flipped(pack, at)))
          .isInstanceOf(DamagedPackException.class)
          .hasMessageContaining("is another when it is read back");
    }
    assertThatThrownBy(() -> store(false, pack -> flipped(pack, pack.length - 1)))
        .isInstanceOf(DamagedPackException.class);
  }

  @Test
  void aPackThatIsShortOrLostOnThisMachineIsSeen() {
    assertThatThrownBy(() -> store(false, pack -> Arrays.copyOf(pack, pack.length - 1)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store(false, pack -> new byte[0])).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsTakenAwayBeforeTheEndIsMissed() throws IOException {
    var storage = new MemoryBackend.Storage();
    var local =
        new MemoryBackend(storage) {
          @Override
          public boolean isRemote() {
            return false;
          }
        };
    Vault vault =
        VaultAccess.create(
            local,
            "secret".getBytes(UTF_8),
            new ScryptParameters(1 << 10, 8, 1),
            new KeyFile.Origin("", "", Instant.EPOCH),
            new SecureRandom());
    try (var writer = new BlobWriter(vault, vault.readIndex(new Cancellation()), 1)) {
      writer.save(BlobType.DATA, new byte[1000], 0, 1000);
      writer.finish();
      storage.files().keySet().removeIf(file -> file.type() == FileType.PACK);

      assertThatThrownBy(() -> writer.verify(new Cancellation(), bytes -> {}))
          .isInstanceOf(DamagedPackException.class)
          .hasMessageContaining("is not there");
    }
  }

  @Test
  void aPackThatIsShortOrLostElsewhereIsSeen() {
    assertThatThrownBy(() -> store(true, pack -> Arrays.copyOf(pack, pack.length - 1)))
        .isInstanceOf(DamagedPackException.class)
        .hasMessageContaining("bytes instead of");
    assertThatThrownBy(() -> store(true, pack -> new byte[0]))
        .isInstanceOf(DamagedPackException.class)
        .hasMessageContaining("is not there");
  }

  @Test
  void whatIsKeptIsBelieved() {
    assertThatCode(() -> store(false, pack -> pack)).doesNotThrowAnyException();
    assertThatCode(() -> store(true, pack -> pack)).doesNotThrowAnyException();
  }
}
