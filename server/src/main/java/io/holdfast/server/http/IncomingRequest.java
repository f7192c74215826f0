package io.holdfast.server.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request as its handler sees it.
 *
 * @param patience how long a client may take for a piece of a body that is streamed
 */
record IncomingRequest(
    Exchange exchange,
    String path,
    Map<String, String> variables,
    QueryString query,
    byte[] body,
    Duration patience)
    implements Request {

  @Override
  public OptionalLong length() {
    long length = exchange.hasBody() ? exchange.request().getLength() : 0;
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  @Override
  public void receive(long limitBytes, Sink sink) throws IOException, InterruptedException {
    if (exchange.hasBody()) {
      new RequestBody(exchange.request()).receive(limitBytes, patience, sink);
    }
  }

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
