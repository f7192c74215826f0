package io.holdfast.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.event.EventName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {
  private final Outbox outbox = new Outbox(3);

  private static Notification of(Severity severity, String text) {
    return new Notification(EventName.BACKUP_COMPLETED, Instant.EPOCH, severity, Map.of(), text);
  }

  private String rest() throws InterruptedException {
    outbox.close();
    List<String> texts = new ArrayList<>();
    for (Notification next = outbox.take(); next != null; next = outbox.take()) {
      texts.add(next.text());
    }
    return String.join(" ", texts);
  }

  @Test
  void keepsTheOrder() throws Exception {
    assertThat(outbox.offer(of(Severity.INFO, "a"))).isFalse();
    assertThat(outbox.offer(of(Severity.ERROR, "b"))).isFalse();
    assertThat(outbox.offer(of(Severity.WARNING, "c"))).isFalse();
    assertThat(outbox.size()).isEqualTo(3);
    assertThat(rest()).isEqualTo("a b c");
    assertThat(outbox.dropped()).isZero();
  }

  @Test
  void dropsTheOldestOfTheLowestSeverity() throws Exception {
    outbox.offer(of(Severity.ERROR, "e1"));
    outbox.offer(of(Severity.INFO, "i1"));
    outbox.offer(of(Severity.INFO, "i2"));
    assertThat(outbox.offer(of(Severity.WARNING, "w1"))).isTrue();
    assertThat(outbox.offer(of(Severity.ERROR, "e2"))).isTrue();
    assertThat(outbox.offer(of(Severity.ERROR, "e3"))).isTrue();
    assertThat(outbox.dropped()).isEqualTo(3);
    assertThat(rest()).isEqualTo("e1 e2 e3");
  }

  @Test
  void newsThatIsLessImportantThanAllThatWaitIsDropped() throws Exception {
    for (String text : List.of("e1", "e2", "e3")) {
      outbox.offer(of(Severity.ERROR, text));
    }
    assertThat(outbox.offer(of(Severity.INFO, "i"))).isTrue();
    assertThat(outbox.offer(of(Severity.ERROR, "e4"))).isTrue();
    assertThat(outbox.dropped()).isEqualTo(2);
    assertThat(rest()).isEqualTo("e2 e3 e4");
  }

  @Test
  void takesInNothingOnceClosed() throws Exception {
    outbox.offer(of(Severity.INFO, "a"));
    outbox.close();
    assertThat(outbox.offer(of(Severity.ERROR, "b"))).isTrue();
    assertThat(outbox.dropped()).isEqualTo(1);
    assertThat(rest()).isEqualTo("a");
  }

  @Test
  void countsWhatIsCleared() {
    outbox.offer(of(Severity.INFO, "a"));
    outbox.offer(of(Severity.INFO, "b"));
    assertThat(outbox.clear()).isEqualTo(2);
    assertThat(outbox.dropped()).isEqualTo(2);
    assertThat(outbox.size()).isZero();
  }
}
