package io.holdfast.server.api;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.server.document.ComponentListJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.ReadyJson;
import io.holdfast.server.document.StatusJson;
import io.holdfast.server.http.Request;
import io.holdfast.server.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the server and what it protects are. */
final class OperationsApi {
  private static final String OPEN_API = "/io/holdfast/server/openapi.json";

  private final Services services;

  OperationsApi(Services services) {
    this.services = services;
  }

  Response components(Request request) {
    List<Component> components = services.engine().installation().components();
    var newest =
        new NewestBackups(
            services.engine(),
            services.catalogue(),
            components.stream().map(Component::name).toList());
    var next = Optional.ofNullable(services.status().schedule().next());
    return new Response.Document(
        200,
        new ComponentListJson(
            ComponentListJson.SCHEMA,
            components.stream()
                .map(component -> Documents.component(component, newest.of(component.name()), next))
                .toList()));
  }

  Response status(Request request) {
    ServerStatus status = services.status();
    return new Response.Document(
        200,
        new StatusJson(
            StatusJson.SCHEMA,
            status.version(),
            status.startedAt(),
            services.engine().installation().repository().location(),
            services.engine().installation().name().map(InstallationName::value).orElse(null),
            count(),
            status.health(),
            status.schedule(),
            services
                .runs()
                .current()
                .map(run -> RunView.of(run.record(), Optional.of(run)))
                .orElse(null)));
  }

  private @Nullable Integer count() {
    try {
      return services.catalogue().size();
    } catch (HoldfastException | UncheckedIOException unreadable) {
      return null;
    }
  }

  Response health(Request request) {
    return new Response.Document(200, services.status().health());
  }

  Response ready(Request request) {
    boolean ready = services.status().isReady();
    return new Response.Document(ready ? 200 : 503, new ReadyJson(ready));
  }

  Response openApi(Request request) throws IOException {
    try (InputStream in = OperationsApi.class.getResourceAsStream(OPEN_API)) {
      if (in == null) {
        throw new IOException(OPEN_API + " is missing");
      }
      return new Response.Text(
          200, Map.of(), "application/json", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
