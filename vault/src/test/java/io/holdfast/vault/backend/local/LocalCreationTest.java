package io.holdfast.vault.backend.local;

import static io.holdfast.vault.backend.local.LocalFixture.FILES;
import static io.holdfast.vault.backend.local.LocalFixture.bytes;
import static io.holdfast.vault.backend.local.LocalFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.SimulatedCrash;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.FileType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Making the directories of a vault. */
class LocalCreationTest {
  private static final int DIRECTORIES = 1 + 5 + 256;

  @TempDir Path directory;
  private LocalFixture vault;

  @BeforeEach
  void name() {
    vault = new LocalFixture(directory.resolve("above/vault"));
  }

  private static List<LongFunction<FaultPlan>> plans() {
    return List.of(FaultPlan::crashAfter, k -> FaultPlan.failBefore(k, Reason.NO_SPACE));
  }

  @ParameterizedTest
  @MethodSource("plans")
  @DisplayName("a creation that was struck anywhere is finished by repeating it")
  void creatingIsRepeatable(LongFunction<FaultPlan> plan) throws IOException {
    // Most of the steps are alike, and their number is no multiple of this.
    for (long k = 1; ; k += 211) {
      var files = new FaultFileLayer(FILES, plan.apply(k));
      try (var backend = vault.open(files)) {
        backend.create();
      } catch (SimulatedCrash | BackendException struck) {
        assertThat(files.struck()).isTrue();
      }
      try (var backend = vault.open()) {
        backend.create();
        assertThat(directories()).isEqualTo(DIRECTORIES);
        backend.delete(write(backend, FileType.PACK, bytes(k, 100)));
      }
      assertThat(vault.everything()).isEmpty();
      FileTrees.deleteTree(FILES, FilePath.of(vault.root().getParent()));
      if (!files.struck()) {
        assertThat(k).isGreaterThan(DIRECTORIES * 2);
        return;
      }
    }
  }

  private long directories() throws IOException {
    try (Stream<Path> all = Files.walk(vault.root())) {
      return all.filter(Files::isDirectory).count();
    }
  }

  @Test
  @DisplayName("every directory that was made is durable, those above the vault included")
  void durable() throws IOException {
    var files = new FaultFileLayer(FILES, FaultPlan.none());
    try (var backend = vault.open(files)) {
      backend.create();
    }
    assertThat(files.trace())
        .filteredOn(operation -> operation.name().equals("sync"))
        .extracting(operation -> operation.path().toString())
        .contains(
            vault.root().resolve("data").toString(),
            vault.root().toString(),
            vault.root().getParent().toString(),
            directory.toString());
  }
}
