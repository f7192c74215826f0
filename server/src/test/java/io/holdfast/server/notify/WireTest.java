package io.holdfast.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WireTest {
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final RetryPlan PLAN =
      new RetryPlan(3, Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(20));
  private static final RetryPlan ONCE =
      new RetryPlan(1, Duration.ofMillis(10), Duration.ofMillis(200), Duration.ofSeconds(20));
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");

  private final Wire wire = new Wire(Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void close() {
    wire.close();
  }

  private Answer send(URI url, RetryPlan plan) throws InterruptedException {
    return wire.send(
        () ->
            HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build(),
        plan);
  }

  private static Answer unavailable(String reason) {
    return new Answer.Unavailable(reason, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204, 299})
  void acceptedIsEvery2xx(int status) throws Exception {
    try (var receiver = new Receiver().always(status)) {
      assertThat(send(receiver.url("/"), PLAN)).isEqualTo(new Answer.Accepted());
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503, 504, 599})
  void triesAgainAfterWhatMayPass(int status) throws Exception {
    try (var receiver = new Receiver().then(status).then(status)) {
      assertThat(send(receiver.url("/"), PLAN)).isEqualTo(new Answer.Accepted());
      assertThat(receiver.received()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 410, 413, 422})
  void givesUpAtOnceWhereTryingIsOfNoUse(int status) throws Exception {
    try (var receiver = new Receiver().always(status)) {
      assertThat(send(receiver.url("/"), PLAN)).isEqualTo(new Answer.Refused("status " + status));
      assertThat(receiver.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsNoRedirect(int status) throws Exception {
    try (var elsewhere = new Receiver();
        var receiver =
            new Receiver().then(status, "Location", elsewhere.url("/stolen").toString())) {
      assertThat(send(receiver.url("/"), PLAN)).isEqualTo(new Answer.Refused("status " + status));
      assertThat(receiver.received()).hasSize(1);
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void triesNoMoreOftenThanPlanned() throws Exception {
    try (var receiver = new Receiver().always(500)) {
      assertThat(send(receiver.url("/"), PLAN)).isEqualTo(unavailable("status 500"));
      assertThat(receiver.received()).hasSize(3);
    }
  }

  @Test
  void triesNoLongerThanPlanned() throws Exception {
    var plan =
        new RetryPlan(
            1_000_000, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(300));
    try (var receiver = new Receiver().always(500)) {
      long begin = System.nanoTime();
      assertThat(send(receiver.url("/"), plan)).isEqualTo(unavailable("status 500"));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(receiver.received()).hasSizeBetween(3, 300);
    }
  }

  @Test
  void pausesGrow() throws Exception {
    var plan =
        new RetryPlan(5, Duration.ofMillis(50), Duration.ofMillis(5_000), Duration.ofSeconds(20));
    try (var receiver = new Receiver().always(500)) {
      send(receiver.url("/"), plan);
      // 50, 100, 200, 400 ms, each give or take a fifth; only too early would be wrong.
      for (int i = 1; i < 5; i++) {
        long pause =
            receiver.received().get(i).nanoTime() - receiver.received().get(i - 1).nanoTime();
        assertThat(Duration.ofNanos(pause))
            .as("pause %d", i)
            .isGreaterThan(Duration.ofMillis(50L << (i - 1)).multipliedBy(79).dividedBy(100));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void waitsAsLongAsItIsAskedTo(int status) throws Exception {
    var plan =
        new RetryPlan(3, Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofSeconds(20));
    try (var receiver = new Receiver().then(status, "Retry-After", "1")) {
      assertThat(send(receiver.url("/"), plan)).isEqualTo(new Answer.Accepted());
      assertThat(pause(receiver)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
  }

  @Test
  void noJitterMakesAPauseShorterThanItIsAskedFor() {
    var asked = new Answer.Unavailable("status 429", Optional.of(Duration.ofSeconds(10)));
    assertThat(Wire.pause(asked, Duration.ofMinutes(1)).multipliedBy(8).dividedBy(10))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(Wire.pause(unavailable("status 500"), Duration.ofMinutes(1))).isNegative();
  }

  @Test
  void waitsUntilTheDateThatItIsAskedTo() throws Exception {
    var plan =
        new RetryPlan(3, Duration.ofMillis(1), Duration.ofSeconds(5), Duration.ofSeconds(20));
    try (var receiver = new Receiver().then(503, "Retry-After", "Sat, 21 Nov 2026 06:00:01 GMT")) {
      assertThat(send(receiver.url("/"), plan)).isEqualTo(new Answer.Accepted());
      assertThat(pause(receiver)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void waitsNoLongerThanItLikes(String retryAfter) throws Exception {
    try (var receiver = new Receiver().then(429, "Retry-After", retryAfter)) {
      assertThat(send(receiver.url("/"), PLAN)).isEqualTo(new Answer.Accepted());
      assertThat(pause(receiver)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static Duration pause(Receiver receiver) {
    assertThat(receiver.received()).hasSize(2);
    return Duration.ofNanos(
        receiver.received().getLast().nanoTime() - receiver.received().getFirst().nanoTime());
  }

  @Test
  void aHangingPeerTakesNoMoreThanTheTimeout() throws Exception {
    try (var peer = Peer.hanging()) {
      long begin = System.nanoTime();
      assertThat(send(peer.url("/"), PLAN)).isEqualTo(unavailable("no answer in time"));
      assertThat(peer.connections()).isEqualTo(3);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void aResetIsTriedAgain() throws Exception {
    try (var peer = Peer.resetting()) {
      assertThat(send(peer.url("/"), PLAN)).isInstanceOf(Answer.Unavailable.class);
      assertThat(peer.connections()).isGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void nobodyListening() throws Exception {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    assertThat(send(URI.create("http://127.0.0.1:" + port + "/"), ONCE))
        .isEqualTo(unavailable("ConnectException"));
  }

  @Test
  void anAnswerThatDripsIsNoAnswer() throws Exception {
    try (var peer = Peer.dripping("HTTP/1.1 200 OK\r\nX-Filler: ", "x")) {
      assertThat(send(peer.url("/"), ONCE)).isEqualTo(unavailable("no answer in time"));
    }
  }

  @Test
  void endlessInterimAnswersAreNoAnswer() throws Exception {
    try (var peer = Peer.dripping("", "HTTP/1.1 102 Processing\r\n\r\n")) {
      assertThat(send(peer.url("/"), ONCE)).isInstanceOf(Answer.Unavailable.class);
    }
  }

  @Test
  void aBodyThatDripsIsNotWaitedFor() throws Exception {
    try (var peer = Peer.dripping("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "x")) {
      long begin = System.nanoTime();
      assertThat(send(peer.url("/"), ONCE)).isEqualTo(new Answer.Accepted());
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void whatIsNoHttpIsAFailure() throws Exception {
    try (var peer = Peer.dripping("SSH-2.0-OpenSSH_9.2\r\n\r\n", "\r\n")) {
      assertThat(send(peer.url("/"), ONCE)).isInstanceOf(Answer.Unavailable.class);
    }
  }

  @Test
  void anInterruptEndsAnAttemptAtOnce() throws Exception {
    try (var peer = Peer.hanging()) {
      var ended = new CompletableFuture<Throwable>();
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              wire.send(
                  () -> HttpRequest.newBuilder(peer.url("/")).timeout(Duration.ofHours(1)).build(),
                  PLAN);
            } catch (Throwable e) {
              ended.complete(e);
            }
          });
      org.awaitility.Awaitility.await().until(() -> peer.connections() == 1);
      sender.interrupt();
      assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void anInterruptEndsAPauseAtOnce() throws Exception {
    var plan = new RetryPlan(3, Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(3));
    try (var receiver = new Receiver().always(500)) {
      var ended = new CompletableFuture<Throwable>();
      Thread sender =
          Thread.startVirtualThread(() -> {
            try {
              send(receiver.url("/"), plan);
            } catch (Throwable e) {
              ended.complete(e);
            }
          });
      org.awaitility.Awaitility.await().until(() -> receiver.received().size() == 1);
      sender.interrupt();
      assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }
}
