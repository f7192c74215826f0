package io.holdfast.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The connections that no request is under way on. Each has to bring the whole head of its next
 * request in time, or is closed. Jetty's own idle time begins anew with every byte, so a client
 * that sends one now and then would hold its connection for ever. Thread-safe.
 */
final class IdleConnections implements Connection.Listener {
  private final Duration patience;
  private final Scheduler scheduler;
  private final Map<Connection, Scheduler.Task> waiting = new ConcurrentHashMap<>();

  private volatile boolean closed;

  IdleConnections(Duration patience, Scheduler scheduler) {
    this.patience = patience;
    this.scheduler = scheduler;
  }

  /**
   * With TLS there is a connection below, of which no requests come; the time runs from here too.
   */
  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      idle(connection);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    busy(connection);
  }

  /** A request begins. */
  void busy(Connection connection) {
    Scheduler.Task task = waiting.remove(connection);
    if (task != null) {
      task.cancel();
    }
  }

  /** A request has ended. */
  void idle(Connection connection) {
    Scheduler.Task task =
        scheduler.schedule(
            () -> connection.getEndPoint().close(), patience.toMillis(), TimeUnit.MILLISECONDS);
    waiting.put(connection, task);
    if (closed) {
      connection.getEndPoint().close();
    }
    if (!connection.getEndPoint().isOpen()) {
      busy(connection);
    }
  }

  /** Closes them, and from now on each whose request ends, or that comes. */
  void closeAll() {
    closed = true;
    waiting.keySet().forEach(connection -> connection.getEndPoint().close());
  }
}
