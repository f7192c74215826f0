package io.holdfast.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server forgets that is never started again. */
class HousekeepingTest {
  @TempDir Path root;

  @BeforeEach
  void platform() throws Exception {
    LiveServer.platform(root);
  }

  @Test
  @DisplayName("runs and acts of more than 400 days ago are forgotten while the server runs")
  void daily() throws Exception {
    var clock = new StandingClock();
    try (LiveServer server =
        LiveServer.start(root, LiveServer.configuration("enabled: false"), b -> b.clock(clock))) {
      String old = server.backup().string("run_id");
      clock.advance(Duration.ofDays(2));
      assertThat(server.backup().status()).isEqualTo(201);
      assertThat(server.get("/admin/runs").data()).hasSize(2);
      clock.advance(Duration.ofDays(399));
      String recent = server.backup().string("run_id");
      await()
          .untilAsserted(() -> {
            assertThat(server.get("/admin/runs").data())
                .extracting(run -> run.get("run_id"))
                .contains(recent)
                .doesNotContain(old);
            assertThat(server.get("/admin/audit").data())
                .extracting(act -> act.get("subject"))
                .contains(recent)
                .doesNotContain(old);
          });
    }
  }
}
