package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What anybody may ask for who can reach the server: it costs little, and is not out of date. */
class MetricsAcceptanceTest {
  private static final String BACKUPS = "holdfast_repository_backups{status=\"completed\"} ";

  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  private static String scrape(LiveServer server) throws Exception {
    return server.as("").send(server.as("").plain("/metrics").build()).text();
  }

  @Test
  @DisplayName(
      "the repository is looked at once in five seconds, and after whatever the server did")
  void once() throws Exception {
    var clock = new StandingClock();
    String configuration = LiveServer.configuration("enabled: false", "compression: none");
    try (LiveServer server = LiveServer.start(root, configuration, b -> b.clock(clock))) {
      server.backup();
      assertThat(scrape(server)).contains(BACKUPS + "1");
      server.backup();
      assertThat(scrape(server)).contains(BACKUPS + "2");
      Path one;
      try (Stream<Path> all = Files.list(root.resolve("repository/completed"))) {
        one = all.findFirst().orElseThrow();
      }
      FileTrees.deleteTree(PosixFileLayer.create(), FilePath.of(one));
      assertThat(scrape(server)).contains(BACKUPS + "2");
      clock.advance(Duration.ofSeconds(5));
      assertThat(scrape(server)).contains(BACKUPS + "1");
    }
  }

  @Test
  @DisplayName("a backup without an optional component is a success, and told to be partial")
  void partial() throws Exception {
    String configuration =
        LiveServer.configuration("enabled: false")
            + "  gone: {kind: directory, path: live/gone, critical: false}\n";
    try (LiveServer server = LiveServer.start(root, configuration)) {
      assertThat(server.backup().string("status")).isEqualTo("partial");
      assertThat(scrape(server))
          .contains("component=\"tree\"")
          .contains("holdfast_backup_last_success_timestamp_seconds ")
          .contains("holdfast_backup_last_status{status=\"partial\"} 1");
      Files.createDirectory(root.resolve("live/gone"));
      assertThat(server.backup().string("status")).isEqualTo("completed");
      assertThat(scrape(server)).contains("holdfast_backup_last_status{status=\"completed\"} 1");
    }
  }
}
