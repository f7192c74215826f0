package io.holdfast.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeartbeatTest {
  private final List<Heartbeat> started = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(Heartbeat::close);
  }

  private Heartbeat start(URI url, Duration interval, BooleanSupplier healthy) {
    var heartbeat =
        new Heartbeat(
            new Heartbeat.Settings(url, interval, Duration.ofSeconds(10)),
            healthy,
            Clock.systemUTC());
    started.add(heartbeat);
    return heartbeat;
  }

  @Test
  void pingsAgainAndAgain() throws Exception {
    try (var receiver = new Receiver()) {
      long begin = System.nanoTime();
      Heartbeat heartbeat = start(receiver.url("/ping/1234"), Duration.ofMillis(50), () -> true);
      await().until(() -> heartbeat.state().sent() >= 5);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(199));
      assertThat(receiver.received())
          .allMatch(ping -> ping.method().equals("GET"))
          .allMatch(ping -> ping.path().equals("/ping/1234"));
      assertThat(heartbeat.state().lastSent()).isPresent();
      assertThat(heartbeat.state().withheld()).isZero();
    }
  }

  @Test
  void saysNothingWhileNotAllIsWell() throws Exception {
    try (var receiver = new Receiver()) {
      var well = new AtomicBoolean(false);
      Heartbeat heartbeat = start(receiver.url("/"), Duration.ofMillis(10), well::get);
      await().until(() -> heartbeat.state().withheld() >= 5);
      assertThat(receiver.received()).isEmpty();

      well.set(true);
      await().until(() -> heartbeat.state().sent() >= 1);

      well.set(false);
      long withheld = heartbeat.state().withheld();
      await().until(() -> heartbeat.state().withheld() >= withheld + 2);
      int pings = receiver.received().size();
      await().until(() -> heartbeat.state().withheld() >= withheld + 7);
      assertThat(receiver.received()).hasSize(pings);
    }
  }

  @Test
  void notToKnowWhetherAllIsWellIsNotToBeWell() throws Exception {
    try (var receiver = new Receiver()) {
      Heartbeat heartbeat =
          start(
              receiver.url("/"),
              Duration.ofMillis(10),
              () -> {
                throw new AssertionError("no state database");
              });
      await().until(() -> heartbeat.state().withheld() >= 3);
      assertThat(receiver.received()).isEmpty();
    }
  }

  @Test
  void goesOnAfterFailures() throws Exception {
    try (var receiver = new Receiver().always(500)) {
      Heartbeat heartbeat = start(receiver.url("/"), Duration.ofMillis(100), () -> true);
      await().until(() -> heartbeat.state().failed() >= 2);
      assertThat(receiver.received()).as("each tried more than once").hasSizeGreaterThan(2);
      receiver.always(200);
      await().until(() -> heartbeat.state().sent() >= 2);
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    try (var elsewhere = new Receiver();
        var receiver = new Receiver().then(302, "Location", elsewhere.url("/").toString())) {
      Heartbeat heartbeat = start(receiver.url("/"), Duration.ofHours(1), () -> true);
      await().until(() -> heartbeat.state().failed() == 1);
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: closing takes no longer than it may, whatever hangs")
  void closingIsBounded() throws Exception {
    try (var peer = Peer.hanging();
        var receiver = new Receiver()) {
      Heartbeat atThePeer = start(peer.url("/"), Duration.ofHours(1), () -> true);
      await().until(() -> peer.connections() == 1);
      var asked = new CountDownLatch(1);
      var never = new CountDownLatch(1);
      Heartbeat atTheQuestion =
          start(
              receiver.url("/"),
              Duration.ofHours(1),
              () -> {
                asked.countDown();
                while (true) {
                  try {
                    never.await();
                    return true;
                  } catch (InterruptedException deaf) {
                    // As some database drivers are.
                  }
                }
              });
      asked.await();
      Heartbeat asleep = start(receiver.url("/"), Duration.ofHours(1), () -> false);
      await().until(() -> asleep.state().withheld() == 1);

      long begin = System.nanoTime();
      atThePeer.close();
      asleep.close();
      atTheQuestion.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      never.countDown();
    }
  }

  @Test
  void tellsNoAddress() {
    var settings =
        new Heartbeat.Settings(
            URI.create("https://hc.example.org/hunter2"),
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));
    assertThat(settings.toString()).isEqualTo("heartbeat every PT1M");
    assertThatThrownBy(() ->
            new Heartbeat.Settings(
                URI.create("gopher://hunter2/"), Duration.ofMinutes(1), Duration.ofSeconds(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
  }
}
