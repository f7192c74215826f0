package io.holdfast.server.security;

import io.holdfast.engine.run.RunId;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.AccessEvent;
import io.holdfast.server.http.Caller;
import io.holdfast.server.http.Request;
import io.holdfast.server.state.AuditLog;
import io.holdfast.server.state.AuditLog.Act;
import io.holdfast.server.state.StateException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records what was done that needs a privilege, what became of it, and what was refused: in the
 * state database, and in the log, which tells of it also when the database does not answer. Acts
 * wait then until it does. Thread-safe.
 */
public final class Audit {
  private static final int FORBIDDEN = 403;

  private final ActMemory memory;
  private final ServerEvents events;
  private final Clock clock;
  private final RefusalLimit refusals = new RefusalLimit();
  private final RefusalLimit many = new RefusalLimit();

  /** What requests began that has not ended, by its run. */
  private final Map<String, Act> underWay = new ConcurrentHashMap<>();

  public Audit(AuditLog log, ServerEvents events, Clock clock) {
    this.memory = new ActMemory(log);
    this.events = events;
    this.clock = clock;
  }

  /** Records an act of whoever made a request. */
  public void record(Request request, String action, String subject, String outcome) {
    record(act(request, action, subject, outcome));
  }

  /** Records an act of which one caller may do many; no more than some in a minute. */
  public void recordSome(Request request, String action, String subject, String outcome) {
    Act act = act(request, action, subject, outcome);
    if (many.take(act.actor(), act.at())) {
      record(act);
    }
  }

  /** Records that a request began a run, whose end {@link #heard} then records too. */
  public void started(Request request, String action, String subject, RunId run) {
    Act act = act(request, action, subject, "started");
    underWay.put(run.value(), act);
    record(act);
  }

  /** Records an act that was refused; of one caller no more than some in a minute. */
  public void refused(Request request, String action, String subject, String why) {
    refused(act(request, action, subject, "refused: " + why));
  }

  /** Records the request of a known caller whose role did not suffice. */
  public void answered(AccessEvent access) {
    if (access.status() == FORBIDDEN && !access.caller().equals(Caller.ANONYMOUS.name())) {
      refused(
          new Act(
              0,
              clock.instant(),
              access.caller(),
              "request",
              access.method() + " " + access.route().orElse(""),
              "refused: role",
              access.address(),
              access.correlation()));
    }
  }

  /** Something has happened; it may be the end of a run that is an act. */
  public void heard(ServerEvent event) {
    String run = event.facts().get("run_id");
    String status = event.facts().get("status");
    Act begun = run == null || status == null ? null : underWay.remove(run);
    if (begun != null && status != null) {
      String code = event.facts().get("error_code");
      record(
          new Act(
              0,
              clock.instant(),
              begun.actor(),
              begun.action(),
              begun.subject(),
              code == null ? status : status + ": " + code,
              begun.address(),
              begun.correlation()));
    }
  }

  /** Stores acts that wait, if the database answers again. */
  public void catchUp() {
    try {
      memory.store();
    } catch (StateException unanswered) {
      // They go on waiting, which was told when they began to.
    }
  }

  private Act act(Request request, String action, String subject, String outcome) {
    return new Act(
        0,
        clock.instant(),
        request.caller().name(),
        action,
        subject,
        outcome,
        request.address(),
        request.correlation());
  }

  private void refused(Act act) {
    if (refusals.take(act.actor(), act.at())) {
      record(act);
    }
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
    boolean kept = memory.add(act);
    try {
      memory.store();
      if (!kept) {
        // Those before it have made room meanwhile.
        kept = memory.add(act);
        memory.store();
      }
    } catch (StateException e) {
      events.publish(
          ServerEvent.error(
              EventName.STATE_FAILED,
              kept
                  ? "an act could not be recorded yet: " + e.getMessage()
                  : "an act is in this log alone, since too many wait to be recorded: "
                      + e.getMessage(),
              e));
    }
  }
}
