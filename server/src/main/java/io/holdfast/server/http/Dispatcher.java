package io.holdfast.server.http;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Leads a request to its handler. The order of the checks is part of what this server promises:
 * what is cheap and tells nothing comes first, the caller is known before a byte of the body is
 * read, and the body is whole before the handler is called, unless the route streams it.
 * Thread-safe.
 */
final class Dispatcher {
  private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final long RETRY_SECONDS = 1;

  private final Router router;
  private final BrowserGuard guard;
  private final Authentication authentication;
  private final HttpLimits limits;
  private final Semaphore places;

  /** Apart, since an upload lasts as long as its client likes. */
  private final Semaphore uploads;

  Dispatcher(Router router, BrowserGuard guard, Authentication authentication, HttpLimits limits) {
    this.router = router;
    this.guard = guard;
    this.authentication = authentication;
    this.limits = limits;
    this.places = new Semaphore(limits.requests(), true);
    this.uploads = new Semaphore(limits.uploads(), true);
  }

  /**
   * The answer to a request.
   *
   * @throws Exception whatever a handler throws, and {@link ProblemException} for a request that
   *     never reaches one
   */
  Response answer(Exchange exchange) throws Exception {
    if (exchange.method().equals("CONNECT")) {
      // It asks for a tunnel, and its connection is of no use for anything else.
      throw new ProblemException(
          new Problem(ProblemCode.BAD_REQUEST, "This is no proxy"), Map.of("Connection", "close"));
    }
    guard.check(exchange);
    String query = exchange.rawQuery();
    if (exchange.rawPath().length() + (query == null ? 0 : query.length()) > limits.uriBytes()) {
      throw new ProblemException(
          ProblemCode.URI_TOO_LONG, "An address has at most " + limits.uriBytes() + " bytes");
    }
    return switch (router.find(exchange.method(), exchange.rawPath())) {
      case Router.Found found -> handle(found, exchange);
      case Router.OtherMethods other -> otherMethods(other, exchange);
      case Router.Nothing nothing ->
          throw new ProblemException(ProblemCode.ROUTE_NOT_FOUND, "There is nothing here");
    };
  }

  private static Response otherMethods(Router.OtherMethods other, Exchange exchange) {
    Map<String, String> allow = Map.of("Allow", String.join(", ", other.allowed()));
    if (exchange.method().equals("OPTIONS")) {
      return new Response.Empty(204, allow);
    }
    throw new ProblemException(
        new Problem(
            ProblemCode.METHOD_NOT_ALLOWED,
            "Allowed here are " + String.join(", ", other.allowed())),
        allow);
  }

  private Response handle(Router.Found found, Exchange exchange) throws Exception {
    Routes.Route route = found.route();
    exchange.found(route.template());
    exchange.identified(authentication.require(route.needed(), exchange));
    QueryString query = QueryString.of(exchange.rawQuery());
    query.requireOnly(route.parameters());
    requireBodyInOrder(route, exchange);
    // Whoever asks how the server is has to get an answer above all when it has much to do.
    if (route.needed() == Access.OPEN) {
      return call(found, exchange, query);
    }
    Semaphore kind = route.body() == Routes.Body.STREAMED ? uploads : places;
    awaitPlace(kind);
    try {
      return call(found, exchange, query);
    } finally {
      kind.release();
    }
  }

  private Response call(Router.Found found, Exchange exchange, QueryString query) throws Exception {
    Routes.Route route = found.route();
    byte[] body =
        route.body() == Routes.Body.WHOLE && exchange.hasBody()
            ? new RequestBody(exchange.request()).read(limits.bodyBytes(), limits.bodyTime())
            : new byte[0];
    return route
        .handler()
        .handle(
            new IncomingRequest(
                exchange, found.path(), found.variables(), query, body, limits.bodyTime()));
  }

  private static void requireBodyInOrder(Routes.Route route, Exchange exchange) {
    if (exchange.hasBody() && !METHODS_WITH_BODY.contains(route.method())) {
      throw new ProblemException(ProblemCode.BAD_REQUEST, route.method() + " takes no body");
    }
    if (!exchange.isBodyPlain()) {
      throw new ProblemException(
          ProblemCode.BAD_REQUEST, "The only transfer encoding that is known here is chunked");
    }
  }

  private void awaitPlace(Semaphore kind) throws InterruptedException {
    if (!kind.tryAcquire(limits.requestWait().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ProblemException(
          new Problem(
              ProblemCode.SERVICE_UNAVAILABLE,
              "The server has too much to do",
              OptionalLong.of(RETRY_SECONDS)));
    }
  }
}
