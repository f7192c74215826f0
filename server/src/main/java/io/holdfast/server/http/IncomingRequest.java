package io.holdfast.server.http;

import java.util.Map;
import java.util.Optional;

/** A request as its handler sees it. */
record IncomingRequest(
    Exchange exchange, String path, Map<String, String> variables, QueryString query, byte[] body)
    implements Request {

  @Override
  public String method() {
    return exchange.method();
  }

  @Override
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the template of this route has no variable " + name);
    }
    return value;
  }

  @Override
  public Optional<String> query(String name) {
    return query.one(name);
  }

  @Override
  public Optional<String> header(String name) {
    return exchange.header(name);
  }

  @Override
  public boolean accepts(String mediaType) {
    return MediaTypes.accepts(exchange.headers("Accept"), mediaType);
  }

  @Override
  public Caller caller() {
    return exchange.caller();
  }

  @Override
  public String address() {
    return exchange.address();
  }

  @Override
  public String correlation() {
    return exchange.correlation();
  }

  @Override
  public String toString() {
    return exchange.method() + " " + exchange.route().orElse("") + " " + exchange.correlation();
  }
}
