package io.holdfast.server.http;

import java.util.ArrayList;
import java.util.List;

/** What a server answers. Filled before it starts; not changed after. */
public final class Routes {
  private final List<Route> routes = new ArrayList<>();

  /**
   * One route.
   *
   * @param method such as {@code GET}
   * @param template a path whose segments are text or variables: {@code
   *     /api/v1/admin/backups/{id}}. Where both fit, text goes before a variable. A slash at the
   *     end makes another path
   * @param needed what a caller needs
   */
  public record Route(String method, String template, Access needed, Handler handler) {}

  /**
   * Adds a route. GET serves HEAD too; OPTIONS is answered by itself. A template that is malformed,
   * and a route that is there twice, are refused by the constructor of {@link HttpServer}.
   */
  public Routes add(String method, String template, Access needed, Handler handler) {
    routes.add(new Route(method, template, needed, handler));
    return this;
  }

  public List<Route> all() {
    return List.copyOf(routes);
  }
}
