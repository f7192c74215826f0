package io.holdfast.vault.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.index.BlobIndex;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Blobs that somebody has begun to store, and others rely on. */
class BlobClaimTest {
  private static final byte[] CONTENT = new byte[50_000];

  private final HaltingRandom random = new HaltingRandom();
  private Vault vault;

  /** Randomness that waits before a seal, and fails if it is told to. */
  private static final class HaltingRandom extends SecureRandom {
    private static final long serialVersionUID = 1;

    private final transient CountDownLatch begun = new CountDownLatch(1);
    private final transient CountDownLatch goOn = new CountDownLatch(1);
    private volatile boolean halts;
    private volatile boolean fails;

    @Override
    public void nextBytes(byte[] bytes) {
      if (halts) {
        halts = false;
        boolean failing = fails;
        begun.countDown();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        if (failing) {
          throw new IllegalStateException("no randomness");
        }
      }
      super.nextBytes(bytes);
    }
  }

  @BeforeEach
  void create() throws IOException {
    vault =
        VaultAccess.create(
            new MemoryBackend(),
            "secret".getBytes(UTF_8),
            new ScryptParameters(2, 1, 1),
            new KeyFile.Origin("", "", Instant.EPOCH),
            random);
  }

  private static ContentId save(BlobWriter writer) throws IOException {
    return writer.save(BlobType.DATA, CONTENT, 0, CONTENT.length);
  }

  private FutureTask<ContentId> begun(BlobWriter writer) throws InterruptedException {
    var saving = new FutureTask<>(() -> save(writer));
    Thread.ofPlatform().daemon().start(saving);
    random.begun.await();
    return saving;
  }

  private static Thread waiting(FutureTask<?> task) {
    Thread thread = Thread.ofPlatform().daemon().start(task);
    while (!task.isDone() && thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private byte[] read(ContentId id) throws IOException {
    try (var reader = new BlobReader(vault, vault.readIndex(new Cancellation()))) {
      return reader.read(BlobType.DATA, id);
    }
  }

  @Test
  @Tag("P2")
  @DisplayName("P2: a blob that could not be sealed does not count as stored")
  void failed() throws Exception {
    try (var writer = new BlobWriter(vault, new BlobIndex(), 1)) {
      random.fails = true;
      random.halts = true;
      random.goOn.countDown();
      assertThatThrownBy(() -> save(writer)).hasMessage("no randomness");

      ContentId id = save(writer);
      writer.finish();

      assertThat(read(id)).isEqualTo(CONTENT);
    }
  }

  @Test
  @Tag("P2")
  @DisplayName("P2: who relies on a blob that another one fails to store, stores it himself")
  void failsMeanwhile() throws Exception {
    try (var writer = new BlobWriter(vault, new BlobIndex(), 1)) {
      random.fails = true;
      random.halts = true;
      var first = begun(writer);
      var second = new FutureTask<>(() -> save(writer));
      Thread saving = waiting(second);
      random.goOn.countDown();
      saving.join();

      assertThatThrownBy(first::get).hasMessageContaining("no randomness");
      writer.finish();

      assertThat(read(second.get())).isEqualTo(CONTENT);
    }
  }

  @Test
  @Tag("P2")
  @DisplayName("P2: a flush waits for a blob that is claimed and in no pack yet")
  void flushing() throws Exception {
    try (var writer = new BlobWriter(vault, new BlobIndex(), 1)) {
      random.halts = true;
      var first = begun(writer);
      var flush =
          new FutureTask<>(() -> {
            writer.flush();
            return writer.storedBytes();
          });
      Thread flushing = waiting(flush);
      random.goOn.countDown();
      flushing.join();

      assertThat(flush.get()).isPositive();
      writer.finish();
      assertThat(read(first.get())).isEqualTo(CONTENT);
    }
  }
}
