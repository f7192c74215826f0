package io.holdfast.vault.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.repository.BackupWriter;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.testkit.repository.TestManifests;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileType;
import io.holdfast.vault.backend.HookedBackend.Hook;
import io.holdfast.vault.backend.MemoryBackend;
import io.holdfast.vault.backend.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last steps of a backup, in a storage that fails in them. */
class VaultPublicationTest {
  @TempDir Path temporary;

  private final MemoryBackend.Storage storage = new MemoryBackend.Storage();
  private Scene scene = new Scene(Path.of(""));

  @BeforeEach
  void oneBackup() throws IOException {
    scene = new Scene(temporary);
    try (var repository = scene.repository(storage)) {
      repository.create();
      repository.prepare();
      Scene.publish(repository, 1, 1);
    }
  }

  /** Publishes a second backup; the hook sees what is done from its verification on. */
  private void publish(Hook hook) throws IOException {
    publish(hook, new Cancellation());
  }

  private void publish(Hook hook, Cancellation cancellation) throws IOException {
    var verified = new AtomicBoolean();
    Hook later =
        (operation, subject, done) -> {
          if (verified.get()) {
            hook.at(operation, subject, done);
          }
        };
    try (var repository = scene.repository(new HookedVault(storage, later))) {
      repository.create();
      repository.prepare();
      var artifacts = new HashMap<ComponentName, List<Artifact>>();
      try (BackupWriter writer = Scene.write(repository, 2, artifacts, 1, 2)) {
        writer.verify(cancellation, bytes -> {});
        verified.set(true);
        writer.publish(TestManifests.of(Scene.start(2), RunStatus.COMPLETED, artifacts));
      }
    }
  }

  private static BackendException failure(Operation operation, String subject, Reason reason) {
    return new BackendException(operation.word(), subject, reason, "by the test");
  }

  private static boolean isOf(String subject, FileType type) {
    return subject.startsWith(type.word());
  }

  private static Hook forbidden(Operation forbidden) {
    return (operation, subject, done) -> {
      if (operation == forbidden) {
        throw failure(operation, subject, Reason.FORBIDDEN);
      }
    };
  }

  private static Hook both(Hook one, Hook other) {
    return (operation, subject, done) -> {
      one.at(operation, subject, done);
      other.at(operation, subject, done);
    };
  }

  private void requirePublished(int sequence, int... files) throws IOException {
    try (var repository = scene.repository(storage)) {
      Scene.requireWhole(repository, sequence, files);
      assertThat(repository.checkStructure(new Cancellation())).isEmpty();
    }
  }

  private long snapshots() {
    return storage.files().keySet().stream().filter(f -> f.type() == FileType.SNAPSHOT).count();
  }

  @Test
  @Tag("P2")
  @DisplayName("P2: a lock that may not be removed makes no published backup a failed run")
  void lockStays() throws IOException {
    publish(forbidden(Operation.DELETE));

    requirePublished(2, 1, 2);
  }

  @Test
  @Tag("P8")
  @DisplayName("P8: a snapshot that was stored, though its answer was lost, is published")
  void answerLost() throws IOException {
    publish(
        both(
            forbidden(Operation.DELETE),
            (operation, subject, done) -> {
              if (operation == Operation.WRITE && isOf(subject, FileType.SNAPSHOT) && done) {
                throw failure(operation, subject, Reason.OTHER);
              }
            }));

    requirePublished(2, 1, 2);
  }

  @Test
  @Tag("P8")
  @DisplayName("P8: a snapshot that was not stored is told by the failure to store it")
  void notStored() {
    assertThatThrownBy(() ->
            publish(
                both(
                    forbidden(Operation.DELETE),
                    (operation, subject, done) -> {
                      if (operation == Operation.WRITE && isOf(subject, FileType.SNAPSHOT)) {
                        throw failure(operation, subject, Reason.FULL);
                      }
                    })))
        .hasMessageContaining("write snapshots/");
    assertThat(snapshots()).isEqualTo(1);
  }

  @Test
  @Tag("P9")
  @DisplayName("P9: a run that is cancelled after its snapshot was stored is published")
  void cancelledTooLate() throws IOException {
    var cancellation = new Cancellation();
    publish(
        (operation, subject, done) -> {
          if (operation == Operation.WRITE && isOf(subject, FileType.SNAPSHOT) && done) {
            cancellation.cancel(Cancellation.Reason.CANCELLED);
          }
        },
        cancellation);

    requirePublished(2, 1, 2);
  }

  @Test
  @Tag("P9")
  @DisplayName("P9: a run that is cancelled before its snapshot is stored publishes nothing")
  void cancelled() {
    var cancellation = new Cancellation();
    assertThatThrownBy(() ->
            publish(
                (operation, subject, done) -> {
                  if (operation == Operation.WRITE && isOf(subject, FileType.INDEX)) {
                    cancellation.cancel(Cancellation.Reason.CANCELLED);
                  }
                },
                cancellation))
        .hasMessageContaining("cancel");
    assertThat(snapshots()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"FORBIDDEN", "TRANSIENT"})
  @Tag("P8")
  @DisplayName("P8: what cannot be taken back does not hide why it should have been")
  void notTakenBack(Reason reason) {
    var shown = new AtomicBoolean();
    Throwable told =
        catchThrowable(() ->
            publish((operation, subject, done) -> {
              if (operation == Operation.WRITE && isOf(subject, FileType.SNAPSHOT)) {
                shown.set(true);
              }
              if (operation == Operation.LIST && shown.get()) {
                throw failure(operation, subject, Reason.OTHER);
              }
              if (operation == Operation.DELETE) {
                throw failure(operation, subject, reason);
              }
            }));

    assertThat(told).hasMessageContaining("list index");
    assertThat(told.getCause().getSuppressed())
        .anyMatch(left -> String.valueOf(left.getMessage()).contains("delete snapshots/"));
  }

  @Test
  @Tag("P8")
  @DisplayName("P8: a snapshot that nobody can vouch for is taken back")
  void takenBack() {
    var shown = new AtomicBoolean();
    assertThatThrownBy(() ->
            publish((operation, subject, done) -> {
              if (operation == Operation.WRITE && isOf(subject, FileType.SNAPSHOT)) {
                shown.set(true);
              }
              if (operation == Operation.LIST && shown.get()) {
                throw failure(operation, subject, Reason.OTHER);
              }
            }))
        .hasMessageContaining("list index");
    assertThat(snapshots()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"PACK", "INDEX"})
  @Tag("P2")
  @Tag("P8")
  @DisplayName("P2 P8: what the storage did not keep of the last files is noticed before all else")
  void lastFiles(FileType type) {
    var before = new HashSet<>(storage.files().keySet());
    assertThatThrownBy(() ->
            publish((operation, subject, done) -> {
              if (operation == Operation.WRITE && isOf(subject, type) && done) {
                storage
                    .files()
                    .replaceAll((file, bytes) ->
                        file.type() == type && !before.contains(file)
                            ? Arrays.copyOf(bytes, bytes.length - 1)
                            : bytes);
              }
            }))
        .hasMessageContaining(type == FileType.PACK ? "bytes instead of" : "another SHA-256");
    assertThat(snapshots()).isEqualTo(1);
  }
}
