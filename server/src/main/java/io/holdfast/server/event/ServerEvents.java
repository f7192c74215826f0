package io.holdfast.server.event;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Hands events to all who listen, in the order in which they began to. Listeners must be quick;
 * what they throw is dropped, since nobody who watches may harm a backup. Thread-safe.
 */
public final class ServerEvents {
  private final List<Consumer<ServerEvent>> listeners = new CopyOnWriteArrayList<>();

  public void listen(Consumer<ServerEvent> listener) {
    listeners.add(listener);
  }

  public void publish(ServerEvent event) {
    for (Consumer<ServerEvent> listener : listeners) {
      try {
        listener.accept(event);
      } catch (RuntimeException watching) {
        // By contract of the listeners.
      }
    }
  }
}
