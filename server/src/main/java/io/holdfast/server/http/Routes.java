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
   * @param template a path with variables: {@code /api/v1/admin/backups/{id}}; a segment without a
   *     variable goes before one with
   * @param needed what a caller needs
   */
  public record Route(String method, String template, Access needed, Handler handler) {}

  public Routes add(String method, String template, Access needed, Handler handler) {
    routes.add(new Route(method, template, needed, handler));
    return this;
  }

  public List<Route> all() {
    return List.copyOf(routes);
  }
}
