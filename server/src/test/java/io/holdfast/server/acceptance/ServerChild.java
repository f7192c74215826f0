package io.holdfast.server.acceptance;

import io.holdfast.server.Holdfast;
import io.holdfast.server.event.ServerEvent;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A server in a process of its own, from the configuration that is its argument. Prints a line for
 * everything that happens, {@code listening} and its address once it does, and {@code closed} after
 * a SIGTERM.
 */
final class ServerChild {
  private ServerChild() {}

  public static void main(String[] arguments) throws Exception {
    try {
      Holdfast holdfast =
          Holdfast.builder()
              .configuration(Path.of(arguments[0]))
              .identity("test", "test")
              .listener(ServerChild::tell)
              .http()
              .start();
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> {
                holdfast.close();
                System.out.println("closed");
              }));
      System.out.println("listening " + holdfast.address().orElseThrow());
    } catch (RuntimeException e) {
      System.out.println("refused " + e);
      System.exit(3);
    }
    new CountDownLatch(1).await();
  }

  private static void tell(ServerEvent event) {
    System.out.println("event " + event.name().text() + " " + event.text().replace('\n', ' '));
  }
}
