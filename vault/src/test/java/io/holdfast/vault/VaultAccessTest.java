package io.holdfast.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.WatchedBackend;
import io.holdfast.vault.crypto.KeyFile;
import io.holdfast.vault.crypto.ScryptParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A vault that is made while the answer of the storage is lost. */
class VaultAccessTest {
  private static final byte[] PASSWORD = "secret".getBytes(UTF_8);

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();

  private static Vault create(Backend backend) throws IOException {
    return VaultAccess.create(
        backend,
        PASSWORD,
        new ScryptParameters(2, 1, 1),
        new KeyFile.Origin("", "", Instant.EPOCH),
        new SecureRandom());
  }

  private boolean opens() throws IOException {
    return VaultAccess.open(new MemoryBackend(storage), PASSWORD, new SecureRandom()).isPresent();
  }

  /** Does what it is told, and says of the config that something else happened. */
  private Backend lying(Reason reason, boolean written, boolean readable) {
    var struck = new AtomicBoolean();
    return new WatchedBackend(
        new MemoryBackend(storage) {
          @Override
          public void write(FileId file, ByteBuffer content) throws IOException {
            if (!file.equals(FileId.CONFIG)) {
              super.write(file, content);
              return;
            }
            if (written) {
              super.write(file, content);
            }
            struck.set(true);
            throw new BackendException("write", "config", reason, "injected");
          }
        },
        operation -> {
          if (!readable && struck.get() && operation.startsWith("read")) {
            throw new BackendException("read", "config", Reason.TRANSIENT, "injected");
          }
        });
  }

  private long keys() {
    return storage.files().keySet().stream().filter(file -> file.type() == FileType.KEY).count();
  }

  @Test
  void anAnswerThatWasLostLeavesAVaultThatOpens() throws IOException {
    assertThatThrownBy(() -> create(lying(Reason.TRANSIENT, true, true)))
        .isInstanceOf(BackendException.class);
    assertThat(opens()).isTrue();
  }

  @Test
  void aRequestThatWasMadeTwiceMakesAVault() throws IOException {
    try (Vault vault = create(lying(Reason.ALREADY_EXISTS, true, true))) {
      assertThat(vault.config().id()).isNotEmpty();
    }
    assertThat(opens()).isTrue();
  }

  @Test
  void aKeyStaysWhereNobodyKnowsWhoseTheConfigIs() throws IOException {
    assertThatThrownBy(() -> create(lying(Reason.TRANSIENT, true, false)))
        .isInstanceOf(BackendException.class);
    assertThat(opens()).isTrue();
  }

  @Test
  void aKeyOfNoVaultGoes() {
    assertThatThrownBy(() -> create(lying(Reason.TRANSIENT, false, true)))
        .isInstanceOf(BackendException.class);
    assertThat(keys()).isZero();
  }

  @Test
  void whoIsLateLeavesTheVaultOfTheOther() throws IOException {
    var other = new AtomicBoolean(true);
    var late =
        new WatchedBackend(
            new MemoryBackend(storage),
            operation -> {
              if (operation.equals("write config") && other.getAndSet(false)) {
                create(new MemoryBackend(storage)).close();
              }
            });
    assertThatThrownBy(() -> create(late))
        .isInstanceOfSatisfying(
            BackendException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS));
    assertThat(keys()).isEqualTo(1);
    assertThat(opens()).isTrue();
  }
}
