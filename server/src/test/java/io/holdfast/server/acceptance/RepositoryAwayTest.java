package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.event.EventName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose repository cannot be reached. */
class RepositoryAwayTest {
  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  @Test
  @Tag("P12")
  @DisplayName(
      "P12: the server starts, says what is wrong, and makes backups once the repository is back")
  void startsAllTheSame() throws Exception {
    Path state = root.resolve("state");
    String configuration =
        LiveServer.configuration("state: state")
            .replace("on_startup: false", "on_startup: true")
            .replace("path: repository", "path: repository/inner");
    // Where the repository's parent should be there is a file.
    Files.writeString(root.resolve("repository"), "in the way");
    try (LiveServer server = LiveServer.start(root, configuration, state, b -> b)) {
      assertThat(server.as("").send(server.as("").plain("/ready").build()).status()).isEqualTo(200);
      assertThat(server.as("").send(server.as("").plain("/health").build()).text())
          .contains("\"state\":\"failing\"");
      assertThat(server.get("/admin/backups").status()).isEqualTo(500);
      assertThat(server.backup().status()).isEqualTo(500);
      assertThat(server.as("").send(server.as("").plain("/metrics").build()).status())
          .isEqualTo(200);
      assertThat(server.events())
          .anySatisfy(event -> assertThat(event.name()).isEqualTo(EventName.REPOSITORY_UNAVAILABLE))
          .anySatisfy(event -> assertThat(event.name()).isEqualTo(EventName.BACKUP_FAILED));
      Files.delete(root.resolve("repository"));
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(server.get("/admin/backups").data()).hasSize(1);
      assertThat(server.as("").send(server.as("").plain("/health").build()).text())
          .contains("\"status\":\"ok\"");
    }
  }
}
