package io.holdfast.server.http;

import io.github.bucket4j.TimeMeter;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server at one address. It is bound, started once, drained if there is time, and
 * closed.
 *
 * <p>Thread-safe. Handlers run on virtual threads of their own.
 */
public final class HttpServer implements AutoCloseable {
  /** Clients that come at once wait here until they are accepted. */
  private static final int BACKLOG = 1024;

  private final HttpSettings settings;
  private final HttpServices services;
  private final Router router;
  private final UnderWay underWay = new UnderWay();
  private @Nullable Bound bound;
  private @Nullable JettyServer jetty;

  /** What is needed to start, and may be refused. */
  private record Bound(InetAddress address, ServerSocketChannel socket, Optional<SSLContext> tls) {}

  /**
   * @throws IllegalArgumentException if a route's template is malformed, or two routes are the same
   */
  public HttpServer(HttpSettings settings, Routes routes, HttpServices services) {
    this.settings = settings;
    this.services = services;
    this.router = new Router(routes.all());
  }

  /**
   * Takes the address and reads certificate and key, so that what is misconfigured is refused
   * before anything else is done. Who connects waits: no request is read before {@link #start}.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} if the address cannot be listened at, a
   *     certificate or key cannot be used, or tokens would travel in the open
   * @throws IllegalStateException if it was bound before
   */
  public synchronized void bind() {
    if (bound != null) {
      throw new IllegalStateException("a server is bound once");
    }
    InetAddress address = resolve();
    if (settings.tls().isEmpty() && !settings.plainHttpAllowed() && !address.isLoopbackAddress()) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "the server would listen at " + settings.host() + " without TLS",
          "Tokens could be read on the way. Configure a certificate and its key, or bind to"
              + " 127.0.0.1; only where something else protects the way, such as a proxy with TLS on"
              + " this machine, set server.plain_http.");
    }
    Optional<SSLContext> tls = settings.tls().map(new TlsContext(services.files())::of);
    bound = new Bound(address, bind(address), tls);
  }

  /**
   * Listens. When this returns, requests are answered.
   *
   * @throws HoldfastException as {@link #bind}, which is done first if it was not
   * @throws IllegalStateException if it was started before
   */
  public synchronized void start() {
    if (jetty != null) {
      throw new IllegalStateException("a server is started once");
    }
    if (bound == null) {
      bind();
    }
    Bound at = Objects.requireNonNull(bound);
    try {
      jetty = new JettyServer(at.socket(), at.tls(), assemble(at.address()));
    } catch (RuntimeException e) {
      IO.close(at.socket());
      throw e;
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return running().address();
  }

  /** Where clients on this machine find it: by its address, with the scheme that it speaks. */
  public URI uri() {
    return uri(address().getAddress().isAnyLocalAddress() ? "localhost" : bound());
  }

  /** Where it listens, for people: all addresses are {@code 0.0.0.0} or {@code ::}. */
  public URI listening() {
    return uri(bound());
  }

  private String bound() {
    return address().getAddress().getHostAddress();
  }

  private URI uri(String host) {
    return URI.create(
        (settings.tls().isPresent() ? "https" : "http")
            + "://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + address().getPort()
            + "/");
  }

  /** The port that it listens at; of use when the settings leave it open. */
  public int port() {
    return address().getPort();
  }

  /**
   * Stops accepting connections and lets the requests that are under way end. Event streams end at
   * once; a request that comes by a connection that is still open is answered with 503.
   *
   * @return whether everything ended in time; false too if the thread is interrupted
   */
  public boolean drain(Duration atMost) {
    underWay.drain();
    running().stopAccepting();
    try {
      return underWay.awaitNone(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Closes every connection. A handler that is at work goes on, and its answer goes nowhere.
   * Closing again does nothing.
   */
  @Override
  public synchronized void close() {
    underWay.drain();
    if (jetty != null) {
      jetty.close();
    } else if (bound != null) {
      IO.close(bound.socket());
    }
  }

  private synchronized JettyServer running() {
    if (jetty == null) {
      throw new IllegalStateException("the server was not started");
    }
    return jetty;
  }

  private JettyParts assemble(InetAddress address) {
    HttpLimits limits = settings.limits();
    boolean checksHost = settings.tls().isEmpty() && address.isLoopbackAddress();
    var authentication =
        new Authentication(
            services.authenticator(),
            new GuessLimit(limits.failedTokens(), TimeMeter.SYSTEM_NANOTIME));
    var dispatcher =
        new Dispatcher(
            router, new BrowserGuard(checksHost, ownNames(address)), authentication, limits);
    return new JettyParts(
        dispatcher,
        new AnswerWriter(services.jsonb(), underWay, limits),
        underWay,
        new CorrelationIds(services.random()),
        services.access(),
        services.errors(),
        limits);
  }

  /** What it was told to be called, and what it was told to listen at. */
  private Set<String> ownNames(InetAddress address) {
    var names = new HashSet<>(settings.hostNames());
    names.add(settings.host().toLowerCase(Locale.ROOT));
    String literal = address.getHostAddress();
    names.add(literal.contains(":") ? "[" + literal + "]" : literal);
    return names;
  }

  private InetAddress resolve() {
    try {
      return InetAddress.getByName(settings.host());
    } catch (UnknownHostException e) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "the server cannot listen at " + settings.host() + ": no such host",
          "Name an address of this machine, such as 127.0.0.1.",
          e);
    }
  }

  private ServerSocketChannel bind(InetAddress address) {
    ServerSocketChannel socket = null;
    try {
      socket = ServerSocketChannel.open();
      return socket.bind(new InetSocketAddress(address, settings.port()), BACKLOG);
    } catch (IOException e) {
      IO.close(socket);
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "the server cannot listen at "
              + settings.host()
              + ", port "
              + settings.port()
              + ": "
              + e.getMessage(),
          "Stop what uses the port, or choose another; ports below 1024 may need privileges.",
          e);
    }
  }
}
