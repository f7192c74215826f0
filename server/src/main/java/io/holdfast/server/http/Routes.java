package io.holdfast.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
   * @param parameters those that its query may have; any other is refused, so that a typing error
   *     is never a wish that was not heard
   * @param body how its handler gets the body of a request
   */
  public record Route(
      String method,
      String template,
      Access needed,
      Set<String> parameters,
      Body body,
      Handler handler) {
    /** One whose bodies are documents. */
    public Route(
        String method, String template, Access needed, Set<String> parameters, Handler handler) {
      this(method, template, needed, parameters, Body.WHOLE, handler);
    }
  }

  /** How a handler gets the body of a request. */
  public enum Body {
    /** Read before the handler is called, see {@link Request#body}: for documents. */
    WHOLE,
    /** Read by the handler, as it comes, see {@link Request#receive}: for large files. */
    STREAMED
  }

  /**
   * Adds a route. GET serves HEAD too; OPTIONS is answered by itself. A template that is malformed,
   * and a route that is there twice, are refused by the constructor of {@link HttpServer}.
   */
  public Routes add(Route route) {
    routes.add(route);
    return this;
  }

  /** The same for a route without parameters. */
  public Routes add(String method, String template, Access needed, Handler handler) {
    return add(new Route(method, template, needed, Set.of(), handler));
  }

  public List<Route> all() {
    return List.copyOf(routes);
  }
}
