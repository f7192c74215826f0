package io.holdfast.vault.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.testkit.repository.RepositoryContract;
import io.holdfast.vault.backup.VaultRepositoryKind;
import java.io.IOException;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A store whose lists tell of the past. It breaks the promise that a vault relies on, and {@code
 * doctor repository} says so; what was published is not harmed by it, and nothing is called sound
 * that is not.
 */
class StaleListTest extends RepositoryContract {
  private final FaultyStore store;

  StaleListTest() throws IOException {
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
  @DisplayName("P5: under stale lists a check complains rather than calling a backup sound")
  void check() throws Exception {
    publish(start(1));
    store.staleLists();
    publish(start(2));

    // The list of snapshots is of the past too, so that the second backup is not told of.
    assertThat(repository.index().runs()).containsExactly(start(1).run());
    // The packs of the second are known to be there, and are not in the list.
    assertThat(repository.checkStructure(new Cancellation()))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.subject()).startsWith("data/"));

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
}
