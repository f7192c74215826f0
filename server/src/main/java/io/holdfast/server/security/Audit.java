package io.holdfast.server.security;

import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.Request;
import io.holdfast.server.state.AuditLog;
import io.holdfast.server.state.AuditLog.Act;
import io.holdfast.server.state.StateException;
import java.time.Clock;

/**
 * Records what was done that needs a privilege: in the state database, and in the log, which tells
 * of it also when the database does not answer. Thread-safe.
 */
public final class Audit {
  private final AuditLog log;
  private final ServerEvents events;
  private final Clock clock;

  public Audit(AuditLog log, ServerEvents events, Clock clock) {
    this.log = log;
    this.events = events;
    this.clock = clock;
  }

  /** Records an act of whoever made a request. */
  public void record(Request request, String action, String subject, String outcome) {
    record(
        new Act(
            0,
            clock.instant(),
            request.caller().name(),
            action,
            subject,
            outcome,
            request.address(),
            request.correlation()));
  }

  private void record(Act act) {
    events.publish(
        ServerEvent.info(
                EventName.AUDIT, act.action() + " by " + act.actor() + ": " + act.outcome())
            .with("actor", act.actor())
            .with("action", act.action())
            .with("subject", act.subject())
            .with("outcome", act.outcome())
            .with("address", act.address())
            .with("correlation", act.correlation()));
    try {
      log.append(act);
    } catch (StateException e) {
      events.publish(
          ServerEvent.error(
              EventName.STATE_FAILED, "an act could not be recorded: " + e.getMessage(), e));
    }
  }
}
