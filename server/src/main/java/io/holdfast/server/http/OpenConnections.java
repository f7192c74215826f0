package io.holdfast.server.http;

import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;

/**
 * The connections that are open, at most so many. Thread-safe.
 *
 * <p>One beyond the limit is closed as soon as it comes; Jetty's own limit stops accepting, which
 * lets clients hang until they lose patience. Nor does Jetty close a connection that is accepted
 * while it stops, whose client would hang likewise; so the last are closed here.
 */
final class OpenConnections implements SelectorManager.AcceptListener {
  private final int most;
  private final Set<SelectableChannel> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  OpenConnections(int most) {
    this.most = most;
  }

  /** A connection was accepted; before Jetty looks at it. Called by one thread. */
  void accepted(SelectableChannel channel) {
    if (open.size() >= most) {
      IO.close(channel);
      return;
    }
    open.add(channel);
    if (closed) {
      IO.close(channel);
    }
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    open.remove(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    open.remove(channel);
  }

  /** Closes all that there are, and all that come. */
  void closeAll() {
    closed = true;
    open.forEach(IO::close);
  }
}
