package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.copy.CopyOutcome;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.file.ReadOnlyPart;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.manifest.ComponentRecord.Failure;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.directory.DirectoryRepository;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A repository that is merely named is read without a mark, so that its owner may remove a backup
 * under whoever reads it.
 */
class RemovedMeanwhileTest {
  private static final int PLACES = 30;

  @TempDir Path dir;

  private Platform platform;
  private RunId backup;

  private enum Work {
    RESTORE {
      @Override
      Optional<Failure> of(Engine engine, RunId backup, Path place) {
        var elsewhere =
            new RestoreRequest(backup, List.of(), Optional.of(FilePath.of(place)), false);
        return engine.restore(elsewhere, RunMonitor.silent()).failure();
      }
    },
    VALIDATE {
      @Override
      Optional<Failure> of(Engine engine, RunId backup, Path place) {
        return first(engine.validate(backup, RunMonitor.silent()));
      }
    },
    CHECK {
      @Override
      Optional<Failure> of(Engine engine, RunId backup, Path place) {
        return first(engine.upkeep().check(true, RunMonitor.silent()));
      }
    },
    COPY {
      @Override
      Optional<Failure> of(Engine engine, RunId backup, Path place) throws IOException {
        try (Engine target = named(PosixFileLayer.create(), FilePath.of(place))) {
          CopyOutcome outcome = target.receive(engine, List.of(), RunMonitor.silent());
          return outcome
              .failure()
              .or(() ->
                  outcome.backups().stream().flatMap(one -> one.failure().stream()).findFirst());
        }
      }
    };

    abstract Optional<Failure> of(Engine engine, RunId backup, Path place) throws IOException;

    private static Optional<Failure> first(List<RepositoryProblem> problems) {
      return problems.stream()
          .findFirst()
          .map(problem -> new Failure(problem.code(), problem.message(), ""));
    }
  }

  private static Engine named(FileLayer files, FilePath repository) throws IOException {
    Kinds kinds = Kinds.onPath();
    var reader = new InstallationReader(kinds, files, Clock.systemUTC());
    var environment =
        new Environment(files, Clock.systemUTC(), new SplittableRandom(1), "test", "test");
    return new Engine(environment, reader.ofRepository(repository, Optional.empty()), kinds);
  }

  /** Removes the backup at one of the operations on it. */
  private final class Removing extends ForwardingFileLayer {
    private final AtomicInteger operations = new AtomicInteger();
    private final int when;

    Removing(int when) {
      super(PosixFileLayer.create());
      this.when = when;
    }

    @Override
    protected void before(String operation, FilePath path) throws IOException {
      if (path.startsWith(FilePath.of(platform.repository().resolve("completed")))
          && operations.incrementAndGet() == when) {
        FilePath repository = FilePath.of(platform.repository());
        try (var owner =
            new DirectoryRepository(PosixFileLayer.create(), Clock.systemUTC(), repository, 3)) {
          owner.delete(backup);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RESTORE,NONE",
    "RESTORE,ZSTD",
    "VALIDATE,NONE",
    "VALIDATE,ZSTD",
    "CHECK,NONE",
    "CHECK,ZSTD",
    "COPY,NONE",
    "COPY,ZSTD"
  })
  @Tag("P5")
  @DisplayName("P5: a backup that its owner removes is told to be gone, and not to be damaged")
  void isNoDamage(Work work, Compression compression) throws Exception {
    platform = Platform.create(dir.resolve("platform"));
    try (Engine owner = platform.open()) {
      backup = Platform.backup(owner, compression).manifest().runId();
    }
    Path kept = platform.keepAs(dir.resolve("kept"));
    var counting = new Removing(-1);
    assertThat(failure(work, counting, dir.resolve("out"))).isEmpty();
    int all = counting.operations.get();
    int gone = 0;
    for (int k = 1; k <= all; k += Math.max(1, all / PLACES)) {
      Optional<Failure> failure = failure(work, new Removing(k), dir.resolve("out" + k));
      if (failure.isPresent()) {
        assertThat(failure.get().code())
            .as("at %d: %s", k, failure.get())
            .isEqualTo(ErrorCode.BACKUP_NOT_FOUND);
        gone++;
      }
      platform.reset(kept);
    }
    if (work == Work.CHECK) {
      // A backup fewer is no problem of a repository.
      assertThat(gone).isZero();
    } else {
      assertThat(gone).isPositive();
    }
  }

  private Optional<Failure> failure(Work work, Removing files, Path place) throws IOException {
    FilePath repository = FilePath.of(platform.repository());
    var looking = new ReadOnlyPart(files, repository.resolve(RepositoryLayout.STATE));
    try (Engine engine = named(looking, repository)) {
      return work.of(engine, backup, place);
    } catch (HoldfastException e) {
      return Optional.of(new Failure(e.code(), e.message(), e.guidance()));
    } finally {
      FileTrees.deleteTree(PosixFileLayer.create(), FilePath.of(place));
    }
  }
}
