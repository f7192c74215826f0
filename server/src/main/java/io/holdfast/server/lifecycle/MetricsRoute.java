package io.holdfast.server.lifecycle;

import io.holdfast.server.http.Access;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import io.holdfast.server.http.Routes;
import io.holdfast.server.metrics.MetricsText;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code /metrics}. */
final class MetricsRoute {
  private final Measurements measurements;

  private MetricsRoute(Measurements measurements) {
    this.measurements = measurements;
  }

  static Routes added(Routes routes, Measurements measurements) {
    return routes.add("GET", "/metrics", Access.OPEN, new MetricsRoute(measurements)::metrics);
  }

  private Response metrics(Request request) {
    MetricsText text =
        MetricsText.render(measurements.snapshot(), request.header("Accept").orElse(""));
    return new Response.Text(
        200, Map.of(), text.contentType(), new String(text.body(), StandardCharsets.UTF_8));
  }
}
