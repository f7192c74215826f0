package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {
  private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("test", true);
  private final IdleConnections idle = new IdleConnections(Duration.ofHours(1), scheduler);
  private final ByteArrayEndPoint endPoint = new ByteArrayEndPoint();
  private final AbstractConnection connection =
      new AbstractConnection(endPoint, Runnable::run) {
        @Override
        public void onFillable() {}
      };

  @BeforeEach
  void start() throws Exception {
    scheduler.start();
  }

  @AfterEach
  void stop() throws Exception {
    scheduler.stop();
  }

  @Test
  void oneThatIsIdleIsClosed() {
    idle.idle(connection);
    assertThat(endPoint.isOpen()).isTrue();

    idle.closeAll();

    assertThat(endPoint.isOpen()).isFalse();
  }

  @Test
  @DisplayName("one whose request ends just after all were closed is closed too")
  void oneThatComesLaterIsClosed() {
    idle.busy(connection);
    idle.closeAll();
    assertThat(endPoint.isOpen()).isTrue();

    idle.idle(connection);

    assertThat(endPoint.isOpen()).isFalse();
  }
}
