package io.holdfast.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.AccessEvent;
import io.holdfast.server.state.AuditLog;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Acts while the state database is away. */
class AuditTest {
  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  private final List<ServerEvent> told = new ArrayList<>();
  private final ServerEvents events = new ServerEvents();
  private final Log log = new Log();
  private final Audit audit = new Audit(log, events, Clock.fixed(NOON, ZoneOffset.UTC));

  @Test
  @DisplayName("acts wait in their order until the database answers, the first 300 of them")
  void waiting() {
    events.listen(told::add);
    log.away = true;
    for (int act = 0; act < 310; act++) {
      // Each by somebody else: of one caller there are not as many.
      audit.answered(forbidden("caller-" + act));
    }
    assertThat(log.acts).isEmpty();
    assertThat(told).filteredOn(event -> event.name() == EventName.AUDIT).hasSize(310);
    assertThat(told).filteredOn(event -> event.text().contains("in this log alone")).hasSize(10);
    audit.catchUp();
    log.away = false;
    audit.answered(forbidden("late"));
    assertThat(log.acts).hasSize(301);
    assertThat(log.acts.getFirst().actor()).isEqualTo("caller-0");
    assertThat(log.acts.get(299).actor()).isEqualTo("caller-299");
    assertThat(log.acts.getLast().actor()).isEqualTo("late");
  }

  @Test
  @DisplayName("whoever reads the record sees what has waited")
  void catchUp() {
    log.away = true;
    audit.answered(forbidden("eye"));
    log.away = false;
    audit.catchUp();
    assertThat(log.acts).hasSize(1);
  }

  @Test
  @DisplayName("of one caller ten refusals a minute are recorded, and none of a stranger")
  void bounded() {
    for (int tried = 0; tried < 50; tried++) {
      audit.answered(forbidden("eye"));
      audit.answered(forbidden("anonymous"));
    }
    audit.answered(forbidden("ear"));
    assertThat(log.acts).hasSize(11);
  }

  @Test
  @DisplayName("after a minute, and when the clock is set back, refusals are recorded again")
  void minutes() {
    var limit = new RefusalLimit();
    for (int taken = 0; taken < RefusalLimit.A_MINUTE; taken++) {
      assertThat(limit.take("eye", NOON.plusSeconds(taken))).isTrue();
    }
    assertThat(limit.take("eye", NOON.plusSeconds(59))).isFalse();
    assertThat(limit.take("eye", NOON.plusSeconds(60))).isTrue();
    assertThat(limit.take("eye", NOON.minusSeconds(3600))).isTrue();
  }

  private static AccessEvent forbidden(String caller) {
    return new AccessEvent(
        "DELETE", Optional.of("/api/v1/x"), 403, true, 1, caller, "id", "127.0.0.1");
  }

  private static final class Log implements AuditLog {
    private final List<Act> acts = new ArrayList<>();
    private boolean away;

    @Override
    public void append(Act act) {
      if (away) {
        throw new StateException("away");
      }
      acts.add(act);
    }

    @Override
    public List<Act> page(OptionalLong before, int limit) {
      throw new AssertionError("not used");
    }

    @Override
    public int prune(Instant before) {
      throw new AssertionError("not used");
    }
  }
}
