package io.holdfast.server.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.idempotency.RunFate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a run that a repository knows nothing of. */
class RunFatesTest {
  private static final RunId RUN = new RunId("20261120-143000-000007");

  @TempDir Path dir;

  @Test
  @Tag("P10")
  @DisplayName("P10: only the repository that was in use can say that nothing was published")
  void unknownRun() throws Exception {
    Files.createDirectories(dir.resolve("live"));
    Path file = dir.resolve("holdfast.yaml");
    Files.writeString(
        file,
        """
        backup: {path: repository}
        components:
          tree: {kind: directory, path: live}
        """);
    Kinds kinds = Kinds.onPath();
    var files = PosixFileLayer.create();
    var reader = new InstallationReader(kinds, files, Clock.systemUTC());
    var environment = new Environment(files, Clock.systemUTC(), new SecureRandom(), "test", "test");
    try (var engine =
        new Engine(environment, reader.read(FilePath.of(file), Optional.empty()), kinds)) {
      engine.installation().repository().create();
      assertThat(new RunFates(engine, false).of(RUN)).isInstanceOf(RunFate.Nothing.class);
      assertThat(new RunFates(engine, true).of(RUN)).isInstanceOf(RunFate.Unknown.class);
    }
  }
}
