package io.holdfast.server.lifecycle;

import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.AccessEvent;
import io.holdfast.server.http.AccessLog;
import io.holdfast.server.http.ErrorEvent;
import io.holdfast.server.http.ErrorLog;
import io.holdfast.server.security.Audit;

/**
 * Requests as events: every one that was answered, and why one failed on this side; and as acts,
 * where a role did not suffice.
 */
final class RequestEvents implements AccessLog, ErrorLog {
  private final ServerEvents events;
  private final Audit audit;

  RequestEvents(ServerEvents events, Audit audit) {
    this.events = events;
    this.audit = audit;
  }

  @Override
  public void answered(AccessEvent access) {
    audit.answered(access);
    events.publish(
        ServerEvent.detail(
                EventName.REQUEST,
                access.method() + " " + access.route().orElse("-") + " " + access.status())
            .with("method", access.method())
            .with("route", access.route().orElse(""))
            .with("status", Integer.toString(access.status()))
            .with("complete", Boolean.toString(access.complete()))
            .with("millis", Long.toString(access.millis()))
            .with("caller", access.caller())
            .with("address", access.address())
            .with("correlation", access.correlation()));
  }

  @Override
  public void failed(ErrorEvent error) {
    events.publish(
        ServerEvent.error(
                EventName.REQUEST_FAILED,
                error.method() + " " + error.route().orElse("-") + " failed",
                error.cause())
            .with("correlation", error.correlation()));
  }
}
