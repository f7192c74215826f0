package io.holdfast.server.http.json;

import io.holdfast.server.http.Caller;
import io.holdfast.server.http.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A request that is its body and its headers. */
record BodyRequest(Map<String, String> headers, byte[] body) implements Request {
  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public String variable(String name) {
    throw new IllegalArgumentException(name);
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(body().length);
  }

  @Override
  public void receive(long limitBytes, Sink sink) throws IOException {
    sink.accept(ByteBuffer.wrap(body()));
  }

  @Override
  public boolean accepts(String mediaType) {
    return false;
  }

  @Override
  public Caller caller() {
    return Caller.ANONYMOUS;
  }

  @Override
  public String address() {
    return "192.0.2.1";
  }

  @Override
  public String correlation() {
    return "test";
  }
}
