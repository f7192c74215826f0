package io.holdfast.server.http;

import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;

/**
 * The connections that are open, at most so many, and at most half of them from one network, so
 * that nobody keeps all others out alone. Those from this machine have no such share: behind a
 * proxy here, all clients come from one address. Thread-safe.
 *
 * <p>One beyond the limit is closed as soon as it comes; Jetty's own limit stops accepting, which
 * lets clients hang until they lose patience. Nor does Jetty close a connection that is accepted
 * while it stops, whose client would hang likewise; so the last are closed here.
 */
final class OpenConnections implements SelectorManager.AcceptListener {
  private final int most;

  /** From which network each comes. */
  private final Map<SelectableChannel, String> open = new ConcurrentHashMap<>();

  private volatile boolean closed;

  OpenConnections(int most) {
    this.most = most;
  }

  /** A connection was accepted; before Jetty looks at it. Called by one thread. */
  void accepted(SelectableChannel channel, InetAddress remote) {
    String network = GuessLimit.network(remote.getHostAddress());
    if (open.size() >= most || (!remote.isLoopbackAddress() && hasItsShare(network))) {
      IO.close(channel);
      return;
    }
    open.put(channel, network);
    if (closed) {
      IO.close(channel);
    }
  }

  private boolean hasItsShare(String network) {
    // Counted anew each time: a counter that is wrong once is wrong for ever.
    return open.values().stream().filter(network::equals).count() >= Math.max(1, most / 2);
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
    open.keySet().forEach(IO::close);
  }
}
