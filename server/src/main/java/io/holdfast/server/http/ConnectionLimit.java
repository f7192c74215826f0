package io.holdfast.server.http;

import java.nio.channels.SelectableChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;

/**
 * Closes connections beyond a number as soon as they come. Jetty's own limit stops accepting, which
 * lets clients hang until they lose patience. Thread-safe.
 */
final class ConnectionLimit implements SelectorManager.AcceptListener {
  private final int most;
  private final Set<SelectableChannel> open = ConcurrentHashMap.newKeySet();

  ConnectionLimit(int most) {
    this.most = most;
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    if (open.size() >= most) {
      IO.close(channel);
    } else {
      open.add(channel);
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
}
