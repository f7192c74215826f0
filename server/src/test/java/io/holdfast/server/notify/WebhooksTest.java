package io.holdfast.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.event.EventName;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WebhooksTest {
  private static final byte[] KEY = "a well kept secret".getBytes(StandardCharsets.UTF_8);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final RetryPlan PLAN =
      new RetryPlan(4, Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(30));
  private static final Notification FAILED =
      notification(EventName.BACKUP_FAILED, Severity.ERROR, "the backup failed: \"disk\" full\n");

  private final List<Webhooks> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(webhooks -> webhooks.close(Duration.ZERO));
  }

  private static Notification notification(EventName event, Severity severity, String text) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("run_id", "20261121-060000-000007");
    facts.put("error_code", "REPOSITORY_FULL");
    return new Notification(event, Instant.parse("2026-11-21T06:00:00Z"), severity, facts, text);
  }

  private static Webhook webhook(String name, URI url, String... events) {
    return new Webhook(
        name,
        url,
        Arrays.stream(events).map(EventPattern::new).toList(),
        Optional.of(KEY::clone),
        TIMEOUT);
  }

  private static Webhook webhook(URI url, Optional<Supplier<byte[]>> secret) {
    return new Webhook("hook", url, List.of(new EventPattern("*")), secret, TIMEOUT);
  }

  private Webhooks open(RetryPlan plan, Webhook... webhooks) {
    var open = new Webhooks(List.of(webhooks), plan, Clock.systemUTC(), new SecureRandom());
    opened.add(open);
    return open;
  }

  private static void awaitState(Webhooks webhooks, long delivered, long failed) {
    await()
        .untilAsserted(() -> {
          WebhookState state = webhooks.states().getFirst();
          assertThat(state.delivered()).isEqualTo(delivered);
          assertThat(state.failed()).isEqualTo(failed);
        });
  }

  @Test
  @SuppressWarnings("unchecked")
  void sendsWhatHappened() throws Exception {
    try (var receiver = new Receiver()) {
      Webhooks webhooks = open(PLAN, webhook("ops", receiver.url("/hook?token=abc"), "*.failed"));
      webhooks.tell(FAILED);
      awaitState(webhooks, 1, 0);

      Receiver.Received received = receiver.received().getFirst();
      assertThat(received.method()).isEqualTo("POST");
      assertThat(received.path()).isEqualTo("/hook?token=abc");
      assertThat(received.header("Content-Type")).isEqualTo("application/json");
      assertThat(received.header("X-Holdfast-Event")).isEqualTo("backup.backup.failed");
      assertThat(received.header("X-Holdfast-Delivery")).matches("[0-9a-f]{32}");
      Map<String, Object> body =
          (Map<String, Object>)
              Jsonb.builder().build().type(Object.class).fromJson(received.text());
      assertThat(body)
          .containsExactly(
              Map.entry("schema", "holdfast.notification/1"),
              Map.entry("delivery", received.header("X-Holdfast-Delivery")),
              Map.entry("event", "backup.backup.failed"),
              Map.entry("time", "2026-11-21T06:00:00Z"),
              Map.entry("severity", "error"),
              Map.entry("text", "the backup failed: \"disk\" full\n"),
              Map.entry("facts", FAILED.facts()));
      assertThat(received.text())
          .contains("{\"run_id\":\"20261121-060000-000007\",\"error_code\":\"REPOSITORY_FULL\"}");
      assertThat(webhooks.states().getFirst().lastDelivered()).isPresent();
    }
  }

  @Test
  void signsTheBytesThatAreSent() throws Exception {
    try (var receiver = new Receiver()) {
      Webhooks webhooks = open(PLAN, webhook("ops", receiver.url("/"), "*"));
      webhooks.tell(notification(EventName.BACKUP_FAILED, Severity.ERROR, "Überlauf 🗄"));
      awaitState(webhooks, 1, 0);

      Receiver.Received received = receiver.received().getFirst();
      String timestamp = received.header("X-Holdfast-Timestamp");
      assertThat(Instant.ofEpochSecond(Long.parseLong(timestamp)))
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
      assertThat(received.header("X-Holdfast-Signature"))
          .isEqualTo("sha256=" + hmac(KEY, (timestamp + "." + received.text())));
    }
  }

  /** HMAC as RFC 2104 has it, from nothing but the digest. */
  private static String hmac(byte[] key, String message) throws NoSuchAlgorithmException {
    var inner = new byte[64];
    var outer = new byte[64];
    for (int i = 0; i < 64; i++) {
      int b = i < key.length ? key[i] : 0;
      inner[i] = (byte) (b ^ 0x36);
      outer[i] = (byte) (b ^ 0x5c);
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(inner);
    byte[] hash = digest.digest(message.getBytes(StandardCharsets.UTF_8));
    digest.update(outer);
    return HexFormat.of().formatHex(digest.digest(hash));
  }

  @Test
  void sendsUnsignedOnlyIfThereIsToBeNoSecret() throws Exception {
    try (var receiver = new Receiver()) {
      Webhooks webhooks = open(PLAN, webhook(receiver.url("/"), Optional.empty()));
      webhooks.tell(FAILED);
      awaitState(webhooks, 1, 0);
      assertThat(receiver.received().getFirst().headers())
          .doesNotContainKey("X-Holdfast-Signature");
    }
  }

  @Test
  void sendsNothingWithoutTheSecretThatThereShouldBe() throws Exception {
    try (var receiver = new Receiver()) {
      List<Supplier<byte[]>> secrets =
          List.of(
              () -> new byte[0],
              () -> {
                throw new IllegalStateException("hunter2");
              },
              () -> {
                throw new HoldfastException(ErrorCode.IO, "/etc/holdfast/key is not there", "");
              });
      List<String> told = new ArrayList<>();
      for (Supplier<byte[]> secret : secrets) {
        Webhooks webhooks = open(PLAN, webhook(receiver.url("/"), Optional.of(secret)));
        webhooks.tell(FAILED);
        awaitState(webhooks, 0, 1);
        told.add(webhooks.states().getFirst().lastFailure().orElseThrow());
      }
      assertThat(receiver.received()).isEmpty();
      assertThat(told)
          .containsExactly(
              "the secret of webhook hook is empty",
              "IllegalStateException",
              "/etc/holdfast/key is not there");
    }
  }

  @Test
  void aRetryIsTheSameDeliverySignedAnew() throws Exception {
    try (var receiver = new Receiver().then(500)) {
      var reads = new AtomicInteger();
      Webhooks webhooks =
          open(
              PLAN,
              webhook(
                  receiver.url("/"),
                  Optional.of(
                      () -> ("key" + reads.incrementAndGet()).getBytes(StandardCharsets.UTF_8))));
      webhooks.tell(FAILED);
      awaitState(webhooks, 1, 0);

      Receiver.Received first = receiver.received().get(0);
      Receiver.Received second = receiver.received().get(1);
      assertThat(second.header("X-Holdfast-Delivery"))
          .isEqualTo(first.header("X-Holdfast-Delivery"));
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.header("X-Holdfast-Signature"))
          .as("with the secret as it is now")
          .isEqualTo(
              "sha256="
                  + hmac(
                      "key2".getBytes(StandardCharsets.UTF_8),
                      second.header("X-Holdfast-Timestamp") + "." + second.text()));

      webhooks.tell(FAILED);
      awaitState(webhooks, 2, 0);
      assertThat(receiver.received().get(2).header("X-Holdfast-Delivery"))
          .isNotEqualTo(first.header("X-Holdfast-Delivery"));
    }
  }

  @Test
  void sendsOnlyWhatIsWanted() throws Exception {
    try (var receiver = new Receiver()) {
      Webhooks webhooks =
          open(PLAN, webhook("ops", receiver.url("/"), "backup.restore.*", "*.pruned"));
      for (EventName event : EventName.values()) {
        webhooks.tell(notification(event, Severity.INFO, ""));
      }
      awaitState(webhooks, 6, 0);
      assertThat(receiver.received())
          .extracting(received -> received.header("X-Holdfast-Event"))
          .containsExactly(
              "backup.retention.pruned",
              "backup.restore.started",
              "backup.restore.completed",
              "backup.restore.failed",
              "backup.restore.cancelled",
              "backup.restore.rollback");
      assertThat(webhooks.states().getFirst().dropped()).isZero();
    }
  }

  @Test
  void givesUpAndSaysWhy() throws Exception {
    try (var receiver = new Receiver().always(500)) {
      Webhooks webhooks = open(PLAN, webhook("ops", receiver.url("/"), "*"));
      webhooks.tell(FAILED);
      awaitState(webhooks, 0, 1);
      assertThat(receiver.received()).hasSize(4);
      assertThat(webhooks.states().getFirst().lastFailure()).contains("status 500");

      receiver.always(200);
      webhooks.tell(FAILED);
      awaitState(webhooks, 1, 1);
      assertThat(webhooks.states().getFirst().lastFailure()).isEmpty();
    }
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: a webhook that hangs delays neither another nor whoever tells")
  void aHangingWebhookDelaysNobody() throws Exception {
    try (var hanging = Peer.hanging();
        var dripping = Peer.dripping("HTTP/1.1 200 OK\r\nX: ", "x");
        var receiver = new Receiver()) {
      Webhooks webhooks =
          open(
              PLAN,
              webhook("hanging", hanging.url("/"), "*"),
              webhook("dripping", dripping.url("/"), "*"),
              webhook("ops", receiver.url("/"), "*"));
      long begin = System.nanoTime();
      for (int i = 0; i < 100; i++) {
        webhooks.tell(FAILED);
      }
      await().until(() -> webhooks.states().getLast().delivered() == 100);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .as("within less than one timeout of the others")
          .isLessThan(TIMEOUT);
      assertThat(webhooks.states().getFirst().delivered()).isZero();
      assertThat(webhooks.states().getFirst().waiting()).isEqualTo(99);
    }
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: a thousand events while the receiver is down cost neither time nor memory")
  void aThousandEventsWhileTheReceiverIsDown() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var patient =
        new RetryPlan(1_000, Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMinutes(1));
    Webhooks webhooks =
        open(patient, webhook("ops", URI.create("http://127.0.0.1:" + port + "/"), "*"));
    long begin = System.nanoTime();
    for (int i = 0; i < 1_000; i++) {
      boolean bad = i % 10 == 0;
      webhooks.tell(
          notification(
              bad ? EventName.BACKUP_FAILED : EventName.BACKUP_COMPLETED,
              bad ? Severity.ERROR : Severity.INFO,
              String.valueOf(i)));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    WebhookState down = webhooks.states().getFirst();
    assertThat(down.waiting()).isEqualTo(Webhooks.CAPACITY);
    assertThat(down.delivered()).isZero();
    assertThat(down.dropped())
        .isBetween(1_000L - Webhooks.CAPACITY - 1, 1_000L - Webhooks.CAPACITY);

    try (var receiver = new Receiver(port)) {
      await().until(() -> webhooks.states().getFirst().waiting() == 0);
      await()
          .untilAsserted(() -> {
            WebhookState up = webhooks.states().getFirst();
            assertThat(up.delivered() + up.dropped()).isEqualTo(1_000);
          });
      List<Integer> arrived =
          receiver.received().stream()
              .map(received ->
                  Integer.parseInt(
                      received.text().replaceAll("(?s).*\"text\":\"([0-9]+)\".*", "$1")))
              .toList();
      assertThat(arrived).isSorted().doesNotHaveDuplicates();
      assertThat(arrived)
          .as("no failure was dropped for the sake of good news")
          .containsAll(java.util.stream.IntStream.range(0, 100).mapToObj(i -> i * 10).toList());
    }
  }

  @Test
  void closingGivesWhatWaitsItsTime() throws Exception {
    try (var receiver = new Receiver()) {
      Webhooks webhooks = open(PLAN, webhook("ops", receiver.url("/"), "*"));
      for (int i = 0; i < 50; i++) {
        webhooks.tell(FAILED);
      }
      webhooks.close(Duration.ofSeconds(30));
      assertThat(receiver.received()).hasSize(50);
      assertThat(webhooks.states().getFirst().delivered()).isEqualTo(50);

      // What comes after the end is for the log alone, and nothing that was lost.
      webhooks.tell(FAILED);
      assertThat(webhooks.states().getFirst().dropped()).isZero();
      assertThat(receiver.received()).hasSize(50);
    }
  }

  @Test
  @Tag("P12")
  @DisplayName("P12: closing takes no longer than it may, whatever hangs")
  void closingIsBounded() throws Exception {
    try (var one = Peer.hanging();
        var other = Peer.hanging();
        var receiver = new Receiver().always(500)) {
      var patient = new RetryPlan(9, Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(9));
      Webhooks webhooks =
          open(
              patient,
              webhook("one", one.url("/"), "*"),
              webhook("other", other.url("/"), "*"),
              webhook("pausing", receiver.url("/"), "*"));
      for (int i = 0; i < 3; i++) {
        webhooks.tell(FAILED);
      }
      await().until(() -> receiver.received().size() == 1 && one.connections() == 1);

      long begin = System.nanoTime();
      webhooks.close(Duration.ofMillis(300));
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      await()
          .untilAsserted(() ->
              assertThat(webhooks.states())
                  .allMatch(state -> state.failed() == 1)
                  .allMatch(state -> state.dropped() == 2));
    }
  }

  @Test
  void tellsNoAddressAndNoSecret() throws Exception {
    var refused = URI.create("http://127.0.0.1:1/services/T000/hunter2?key=hunter2");
    var unknown = URI.create("http://no-such-host.invalid/hunter2");
    var once = new RetryPlan(1, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofSeconds(30));
    for (URI url : List.of(refused, unknown)) {
      Webhooks webhooks = open(once, webhook("ops", url, "*"));
      webhooks.tell(FAILED);
      awaitState(webhooks, 0, 1);
      assertThat(webhooks.states().toString()).doesNotContain("hunter2");
    }
    assertThat(webhook("ops", refused, "*")).hasToString("webhook ops");
    for (String wrong :
        List.of(
            "ftp://host/hunter2", "/hunter2", "http://user:hunter2@host/", "https:///hunter2")) {
      assertThatThrownBy(() -> webhook("ops", URI.create(wrong), "*"))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2"));
    }
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    URI url = URI.create("https://example.org/");
    assertThatThrownBy(() -> webhook("Ops Team", url, "*"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Webhook("ops", url, List.of(), Optional.empty(), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new RetryPlan(0, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new RetryPlan(1, Duration.ofMillis(2), Duration.ofMillis(2), Duration.ofMillis(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
