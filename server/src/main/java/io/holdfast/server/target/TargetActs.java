package io.holdfast.server.target;

import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Request;
import io.holdfast.server.security.Audit;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;

/** Tells what was done at targets, and what could not be. Thread-safe. */
public final class TargetActs {
  private final Audit audit;
  private final ServerEvents events;

  public TargetActs(Audit audit, ServerEvents events) {
    this.audit = audit;
    this.events = events;
  }

  void created(Request request, Target target) {
    audit.record(request, "target.create", target.name(), "completed");
    events.publish(
        ServerEvent.info(EventName.TARGET_CREATED, "the target " + target.name() + " was made")
            .with("target", target.name()));
  }

  /**
   * A file was deleted. Locks come and go with every backup; packs and indexes go by thousands when
   * a vault is pruned, so that not each of them is recorded.
   */
  void deleted(Request request, Target target, FileId file) {
    String subject = target.name() + "/" + file;
    switch (file.type()) {
      case LOCK -> {}
      case CONFIG, KEY, SNAPSHOT -> audit.record(request, "target.delete", subject, "completed");
      case INDEX, PACK -> audit.recordSome(request, "target.delete", subject, "completed");
    }
  }

  /** A file was not stored. */
  void notStored(Request request, Target target, FileId file, Exception why) {
    if (isFull(why) && target.becomesFull()) {
      events.publish(
          ServerEvent.error(
                  EventName.TARGET_FULL,
                  "the target " + target.name() + " takes no more: " + why.getMessage(),
                  null)
              .with("target", target.name())
              .with("caller", request.caller().name()));
    }
    if (TargetProblems.isDamaged(why)) {
      events.publish(
          ServerEvent.warning(
                  EventName.TARGET_REFUSED,
                  "what was sent as " + file + " is something else; nothing was stored")
              .with("target", target.name())
              .with("caller", request.caller().name())
              .with("address", request.address())
              .with("correlation", request.correlation()));
    }
  }

  private static boolean isFull(Exception why) {
    return switch (why) {
      case BackendException storage -> storage.reason() == Reason.FULL;
      case ProblemException told -> told.problem().code() == ProblemCode.INSUFFICIENT_STORAGE;
      default -> false;
    };
  }
}
