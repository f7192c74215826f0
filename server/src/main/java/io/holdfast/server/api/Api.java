package io.holdfast.server.api;

import io.holdfast.server.http.Access;
import io.holdfast.server.http.Handler;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemCode;
import io.holdfast.server.http.ProblemException;
import io.holdfast.server.http.Routes;
import io.holdfast.server.state.StateException;
import java.util.OptionalLong;

/** All routes of the API. */
public final class Api {
  /** Where the API lies. */
  public static final String BASE = "/api/v1";

  private static final String ADMIN = BASE + "/admin";
  private static final long RETRY_SECONDS = 10;

  private Api() {}

  public static Routes routes(Services services) {
    var routes = new Routes();
    backups(routes, services);
    runs(routes, services);
    administration(routes, services);
    operations(routes, services);
    var guarded = new Routes();
    for (Routes.Route route : routes.all()) {
      guarded.add(
          new Routes.Route(
              route.method(),
              route.template(),
              route.needed(),
              route.parameters(),
              guarded(route.handler())));
    }
    return guarded;
  }

  /** A list that is told page by page. */
  private static Routes.Route pages(String template, Access needed, Handler handler) {
    return new Routes.Route("GET", template, needed, Pages.PARAMETERS, handler);
  }

  /** A state database that does not answer is no fault of the request, and passes. */
  private static Handler guarded(Handler handler) {
    return request -> {
      try {
        return handler.handle(request);
      } catch (StateException e) {
        throw new ProblemException(
            new Problem(
                ProblemCode.SERVICE_UNAVAILABLE,
                "The server's state database does not answer; commands without --server need none",
                OptionalLong.of(RETRY_SECONDS)),
            e);
      }
    };
  }

  private static void backups(Routes routes, Services services) {
    var backups = new BackupsApi(services);
    var restores = new RestoresApi(services);
    var artifacts = new ArtifactsApi(services);
    routes
        .add("POST", ADMIN + "/backups", Access.OPERATOR, backups::create)
        .add(pages(ADMIN + "/backups", Access.VIEWER, backups::list))
        .add("GET", ADMIN + "/backups/{id}", Access.VIEWER, backups::get)
        .add("DELETE", ADMIN + "/backups/{id}", Access.ADMIN, backups::delete)
        .add("POST", ADMIN + "/backups/{id}/validate", Access.OPERATOR, backups::validate)
        .add(
            "GET",
            ADMIN + "/backups/{id}/artifacts/{component}/{artifact}",
            Access.ADMIN,
            artifacts::download)
        .add("POST", ADMIN + "/backups/restore", Access.ADMIN, restores::create)
        .add("POST", ADMIN + "/repository/check", Access.OPERATOR, backups::check);
  }

  private static void runs(Routes routes, Services services) {
    var runs = new RunsApi(services);
    routes
        .add(pages(ADMIN + "/runs", Access.VIEWER, runs::list))
        .add("GET", ADMIN + "/runs/{id}", Access.VIEWER, runs::get)
        .add("POST", ADMIN + "/runs/{id}/cancel", Access.OPERATOR, runs::cancel)
        .add("GET", ADMIN + "/runs/{id}/progress", Access.VIEWER, runs::progress)
        .add(pages(ADMIN + "/restores", Access.VIEWER, runs::listRestores))
        .add("GET", ADMIN + "/restores/{id}", Access.VIEWER, runs::getRestore);
  }

  private static void administration(Routes routes, Services services) {
    var settings = new SettingsApi(services);
    var tokens = new TokensApi(services);
    var audit = new AuditApi(services);
    routes
        .add("GET", BASE + "/settings/backup", Access.VIEWER, settings::list)
        .add("GET", BASE + "/settings/backup/{key}", Access.VIEWER, settings::get)
        .add("PUT", BASE + "/settings/backup/{key}", Access.ADMIN, settings::put)
        .add("DELETE", BASE + "/settings/backup/{key}", Access.ADMIN, settings::reset)
        .add("GET", ADMIN + "/tokens", Access.ADMIN, tokens::list)
        .add("POST", ADMIN + "/tokens", Access.ADMIN, tokens::make)
        .add("DELETE", ADMIN + "/tokens/{id}", Access.ADMIN, tokens::revoke)
        .add(pages(ADMIN + "/audit", Access.ADMIN, audit::list));
  }

  private static void operations(Routes routes, Services services) {
    var operations = new OperationsApi(services);
    routes
        .add("GET", ADMIN + "/components", Access.VIEWER, operations::components)
        .add("GET", ADMIN + "/status", Access.VIEWER, operations::status)
        .add("GET", "/health", Access.OPEN, operations::health)
        .add("GET", "/ready", Access.OPEN, operations::ready)
        .add("GET", "/openapi.json", Access.OPEN, operations::openApi);
  }
}
