package io.holdfast.server.http;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Jetty as this package uses it: how it is set up, started and stopped. */
final class JettyServer implements AutoCloseable {
  /**
   * Threads of the platform: one accepts, one selects, the others are for Jetty's own work.
   * Requests run on virtual threads.
   */
  private static final int THREADS = 8;

  /**
   * What makes a path ambiguous for others is none of it for {@link Router}, which decodes segment
   * by segment; and an answer of ours says more than Jetty's refusal.
   */
  private static final UriCompliance PATHS =
      UriCompliance.RFC3986.with(
          "holdfast",
          Violation.AMBIGUOUS_EMPTY_SEGMENT,
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.AMBIGUOUS_PATH_PARAMETER,
          Violation.AMBIGUOUS_PATH_SEGMENT,
          Violation.AMBIGUOUS_PATH_SEPARATOR,
          Violation.SUSPICIOUS_PATH_CHARACTERS);

  private final Server server;
  private final ServerConnector connector;
  private final IdleConnections idle;
  private final OpenConnections connections;
  private final InetSocketAddress address;

  /** Starts it on a socket that is bound. */
  JettyServer(ServerSocketChannel socket, Optional<SSLContext> tls, JettyParts parts) {
    var scheduler = new ScheduledExecutorScheduler("http-scheduler", true);
    server = new Server(threads(), scheduler, null);
    connections = new OpenConnections(parts.limits().connections());
    connector =
        new ServerConnector(server, 1, 1, factories(tls, parts.limits())) {
          @Override
          protected void configure(Socket accepted) {
            super.configure(accepted);
            connections.accepted(accepted.getChannel(), accepted.getInetAddress());
          }

          /**
           * Closing the socket wakes the acceptor just as well. Interrupted in the moment in which
           * it accepts, the JDK loses the connection, open and unknown to anybody.
           */
          @Override
          protected void interruptAcceptors() {}
        };
    connector.setIdleTimeout(parts.limits().idle().toMillis());
    // Draining closes idle connections itself, and leaves the others their time.
    connector.setShutdownIdleTimeout(-1);
    idle = new IdleConnections(parts.limits().idle(), scheduler);
    connector.addBean(idle);
    connector.addBean(connections);
    server.addConnector(connector);
    server.setHandler(
        new JettyHandler(
            parts.dispatcher(),
            parts.writer(),
            parts.underWay(),
            idle,
            parts.ids(),
            parts.errors()));
    server.setErrorHandler(new JettyErrors(parts.writer(), parts.ids(), parts.errors()));
    server.setRequestLog((request, response) ->
        parts
            .access()
            .answered(Exchange.of(request, response, parts.ids()).event(response.getStatus())));
    try {
      address = (InetSocketAddress) socket.getLocalAddress();
      connector.open(socket);
      server.start();
    } catch (Exception e) {
      close();
      throw new HoldfastException(
          ErrorCode.INTERNAL, "the HTTP server did not start", "Report this as a defect.", e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** Closes the listening socket, and the connections that no request is under way on. */
  void stopAccepting() {
    // Completes when the last connection is closed, which nobody waits for here.
    var unused = connector.shutdown();
    idle.closeAll();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new HoldfastException(
          ErrorCode.INTERNAL, "the HTTP server did not stop", "Report this as a defect.", e);
    } finally {
      connections.closeAll();
    }
  }

  private static QueuedThreadPool threads() {
    // With a queue of the JDK. Jetty's own one starts JMX to find out how long a cache line is,
    // which
    // takes more than a third of the time in which this server starts.
    var threads = new QueuedThreadPool(THREADS, 1, new LinkedBlockingQueue<>());
    threads.setName("http");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    threads.setVirtualThreadsExecutor(
        VirtualThreads.getNamedVirtualThreadsExecutor("http-request-"));
    return threads;
  }

  private static ConnectionFactory[] factories(Optional<SSLContext> tls, HttpLimits limits) {
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(limits.headBytes());
    // While a request is under way its own time limits count, which are shorter.
    configuration.setIdleTimeout(
        2 * Math.max(limits.writeTime().toMillis(), limits.bodyTime().toMillis()));
    configuration.setHttpCompliance(HttpCompliance.STRICT);
    configuration.setUriCompliance(PATHS);
    var http = new HttpConnectionFactory(configuration);
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {http};
    }
    var context = new SslContextFactory.Server();
    context.setSslContext(tls.get());
    return new ConnectionFactory[] {new SslConnectionFactory(context, http.getProtocol()), http};
  }
}
