package io.holdfast.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, with what is found out about it on the way; what the rest of this
 * package sees of Jetty's request. Used by one thread at a time.
 */
final class Exchange {
  static final String CORRELATION_HEADER = "X-Correlation-Id";
  private static final String REQUEST_ID_HEADER = "X-Request-Id";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final Request request;
  private final Response response;
  private final String correlation;
  private Optional<String> route = Optional.empty();
  private Caller caller = Caller.ANONYMOUS;
  private boolean complete;
  private boolean gone;

  private Exchange(Request request, Response response, String correlation) {
    this.request = request;
    this.response = response;
    this.correlation = correlation;
  }

  /**
   * The exchange of a request. The first to ask begins it: mostly the dispatcher; Jetty's error
   * handler where a request is too broken to be dispatched.
   */
  static Exchange of(Request request, Response response, CorrelationIds ids) {
    String name = Exchange.class.getName();
    if (request.getAttribute(name) instanceof Exchange begun) {
      return begun;
    }
    Optional<String> wished =
        Optional.ofNullable(request.getHeaders().get(CORRELATION_HEADER))
            .or(() -> Optional.ofNullable(request.getHeaders().get(REQUEST_ID_HEADER)));
    var exchange = new Exchange(request, response, ids.choose(wished));
    request.setAttribute(name, exchange);
    return exchange;
  }

  Request request() {
    return request;
  }

  Response response() {
    return response;
  }

  String correlation() {
    return correlation;
  }

  String method() {
    return request.getMethod();
  }

  boolean isHead() {
    return method().equals("HEAD");
  }

  /** The path as it came, still encoded; empty for {@code CONNECT}, which has none. */
  String rawPath() {
    String path = request.getHttpURI().getPath();
    return path == null ? "" : path;
  }

  @Nullable String rawQuery() {
    return request.getHttpURI().getQuery();
  }

  /** The host that the client believes to speak to, without port; empty if it does not say. */
  String host() {
    String host = request.getHttpURI().getHost();
    return host == null ? "" : host;
  }

  boolean isSecure() {
    return request.isSecure();
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  List<String> headers(String name) {
    return request.getHeaders().getFields(name).stream().map(HttpField::getValue).toList();
  }

  boolean hasBody() {
    return request.getLength() > 0 || !transferEncodings().isEmpty();
  }

  /** Whether the body is as it was meant: chunked at most, and in no way compressed. */
  boolean isBodyPlain() {
    List<String> encodings = transferEncodings();
    return encodings.isEmpty()
        || (encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked"));
  }

  private List<String> transferEncodings() {
    return headers("Transfer-Encoding");
  }

  String address() {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress a
            && !a.isUnresolved()
        ? a.getAddress().getHostAddress()
        : "";
  }

  /** Limits how much of what nobody reads the system keeps for this connection. */
  void limitUnread(int bytes) throws ClientGoneException {
    setOption(StandardSocketOptions.SO_SNDBUF, bytes);
  }

  /**
   * Has the connection be reset when it is closed. Closed in order, it would be the end of the
   * answer to a client of HTTP/1.0; and what nobody reads would stay in memory for a while.
   */
  void resetOnClose() throws ClientGoneException {
    setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  private <T> void setOption(SocketOption<T> option, T value) throws ClientGoneException {
    Object transport = request.getConnectionMetaData().getConnection().getEndPoint();
    while (transport instanceof EndPoint endPoint) {
      transport = endPoint.getTransport();
    }
    if (transport instanceof SocketChannel socket) {
      try {
        socket.setOption(option, value);
      } catch (IOException e) {
        throw gone("the client is gone", e);
      }
    }
  }

  Optional<String> route() {
    return route;
  }

  void found(String template) {
    route = Optional.of(template);
  }

  Caller caller() {
    return caller;
  }

  void identified(Caller who) {
    caller = who;
  }

  /** Nobody reads the answer any more. */
  ClientGoneException gone(String why, Throwable cause) {
    gone = true;
    return new ClientGoneException(why, cause);
  }

  boolean isGone() {
    return gone;
  }

  /** The answer was sent to its end. */
  void completed() {
    complete = true;
  }

  /** The method for a log, in which a client's own words have no place. */
  String loggedMethod() {
    return METHODS.contains(method()) ? method() : "other";
  }

  /** What is to be logged of it, once it has ended. */
  AccessEvent event(int status) {
    return new AccessEvent(
        loggedMethod(),
        route,
        status,
        complete,
        NanoTime.millisSince(request.getHeadersNanoTime()),
        caller.name(),
        correlation,
        address());
  }
}
