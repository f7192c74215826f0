package io.holdfast.vault.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.artifact.BytesContent;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.testkit.repository.RepositoryContract;
import io.holdfast.vault.backend.rest.FaultSwitch.Kind;
import io.holdfast.vault.backup.VaultRepositoryKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A vault on a store that does not do what it should. Lists that tell of the past break a promise
 * that a vault relies on, and {@code doctor repository} says so; what was published is not harmed
 * by them, and nothing is called sound that is not.
 */
class FaultyStoreRepositoryTest extends RepositoryContract {
  private final FaultyStore store;

  FaultyStoreRepositoryTest() throws IOException {
    store = new FaultyStore();
    store.pageSize = 1000;
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Override
  protected Repository open(FilePath place) {
    var variables = new HashMap<>(ProxyStore.environment());
    variables.put("HOLDFAST_PASSWORD", "secret");
    var kind = new VaultRepositoryKind();
    return kind.repository(
        SettingsDocument.of("the test", kind.bareSettings("s3:" + store.address(), variables::get))
            .settings(),
        new RepositoryContext(files, CLOCK, place.resolve(".state"), variables::get));
  }

  @Override
  protected Compression compression() {
    return Compression.ZSTD;
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: under stale lists a check tells of what it sees, which is the past as a whole")
  void check() throws Exception {
    publish(start(1));
    store.staleLists();
    publish(start(2));

    // The list of snapshots is of the past too, so that the second backup is not told of.
    assertThat(repository.index().runs()).containsExactly(start(1).run());
    // So are those of the indexes and of the packs: what is not told of is not called sound.
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();

    store.freshLists();
    assertThat(repository.index().runs()).containsExactly(start(2).run(), start(1).run());
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
  }

  @Test
  @Tag("P1")
  @DisplayName(
      "P1: what is backed up under stale lists restores, and so does what was there before")
  void backup() throws Exception {
    publish(start(1));
    store.staleLists();
    publish(start(2));
    publish(start(3));
    store.freshLists();
    for (int run = 1; run <= 3; run++) {
      assertThat(verify(start(run).run())).isEmpty();
    }
    assertThat(repository.checkStructure(new Cancellation())).isEmpty();
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: an index that a stale list names and that is gone is an error")
  void goneIndex() throws Exception {
    publish(start(1));
    store.staleLists();
    store.objects().keySet().removeIf(key -> key.contains("/index/"));
    try (Repository again = open(place())) {
      assertThatThrownBy(again::list).hasMessageContaining("not found");
    }
  }

  @Test
  @Tag("P9")
  @Timeout(60)
  @DisplayName("P9: a run that is cancelled while the storage is away ends at once")
  void cancelled() throws Exception {
    var cancellation = new Cancellation();
    var failure = new AtomicReference<Throwable>();
    publish(start(1));
    try (BackupWriter writer = repository.begin(start(2))) {
      store.fault().set(Kind.SILENT, "PUT");
      Thread run =
          Thread.ofPlatform()
              .start(() -> {
                try (var component = writer.component(ALPHA, cancellation, bytes -> {})) {
                  component.sink().file("large", new BytesContent(noise(4, 40 << 20)));
                  writer.verify(cancellation, bytes -> {});
                } catch (IOException | RuntimeException thrown) {
                  failure.set(thrown);
                }
              });
      store.fault().awaitHeldUp();
      cancellation.cancel(Cancellation.Reason.CANCELLED);
      run.join();
      store.fault().clear();
      store.fault().release();
    }
    assertThat(failure.get())
        .isInstanceOfSatisfying(
            HoldfastException.class,
            thrown -> assertThat(thrown.code()).isEqualTo(ErrorCode.CANCELLED));
    // The lock of that run is gone, and the vault of use.
    publish(start(3));
    assertThat(repository.index().runs()).containsExactly(start(3).run(), start(1).run());
  }
}
