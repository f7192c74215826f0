package io.holdfast.server.api;

import io.holdfast.server.document.ActJson;
import io.holdfast.server.document.ActPageJson;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.state.AuditLog.Act;
import java.util.List;

/** The record of privileged acts. */
final class AuditApi {
  private final Services services;

  AuditApi(Services services) {
    this.services = services;
  }

  Response list(Request request) {
    int limit = Pages.limit(request);
    services.audit().catchUp();
    List<Act> found = services.state().audit().page(Pages.before(request), limit + 1);
    List<Act> shown = found.subList(0, Math.min(limit, found.size()));
    return new Response.Document(
        200,
        new ActPageJson(
            shown.stream().map(AuditApi::document).toList(),
            Pages.pagination(
                limit, found.size() > limit ? Long.toString(shown.getLast().id()) : null)));
  }

  private static ActJson document(Act act) {
    return new ActJson(
        act.id(),
        act.at(),
        act.actor(),
        act.action(),
        act.subject(),
        act.outcome(),
        act.address(),
        act.correlation());
  }
}
