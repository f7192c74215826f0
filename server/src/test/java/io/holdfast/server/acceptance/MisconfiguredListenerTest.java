package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot listen, and is started again and again by whoever watches over it. */
class MisconfiguredListenerTest {
  private static final String CONFIGURATION =
      LiveServer.configuration().replace("on_startup: false", "on_startup: true");

  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  @Test
  @DisplayName("with a port that is taken no startup backup is made, and the error names the port")
  void portTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String configuration = CONFIGURATION.replace("port: 0", "port: " + taken.getLocalPort());
      assertRefused(configuration, "port " + taken.getLocalPort());
    }
    assertStarts();
  }

  @Test
  @DisplayName("with a key that cannot be read no startup backup is made, and the error names it")
  void keyUnreadable() throws Exception {
    String configuration =
        CONFIGURATION.replace(
            "port: 0", "port: 0, tls: {certificate: missing.pem, key: missing-key.pem}");
    assertRefused(configuration, "missing.pem cannot be used for TLS");
    assertStarts();
  }

  private void assertRefused(String configuration, String words) throws Exception {
    assertThatThrownBy(() -> LiveServer.start(root, configuration))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(refused.message()).contains(words);
            });
    try (Stream<Path> made = Files.list(root.resolve("repository/completed"))) {
      assertThat(made).isEmpty();
    }
  }

  /** Nothing is left that keeps the next start from its work. */
  private void assertStarts() throws Exception {
    try (LiveServer server = LiveServer.start(root, CONFIGURATION)) {
      assertThat(server.get("/admin/backups").data())
          .singleElement()
          .satisfies(backup -> assertThat(backup).containsEntry("trigger", "startup"));
    }
  }
}
