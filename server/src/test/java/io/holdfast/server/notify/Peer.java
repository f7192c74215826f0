package io.holdfast.server.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that misbehaves below HTTP. */
final class Peer implements AutoCloseable {
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What it does with a connection; may take as long as it likes. */
  interface Behaviour {
    void meet(Peer peer, Socket socket) throws IOException, InterruptedException;
  }

  Peer(Behaviour behaviour) throws IOException {
    Thread.startVirtualThread(() -> {
      while (!listener.isClosed()) {
        try {
          Socket socket = listener.accept();
          sockets.add(socket);
          Thread.startVirtualThread(() -> {
            try (socket) {
              behaviour.meet(this, socket);
            } catch (IOException | InterruptedException over) {
              // The client has gone, or the test is over.
            }
          });
        } catch (IOException over) {
          return;
        }
      }
    });
  }

  /** Takes the connection and never says a word. */
  static Peer hanging() throws IOException {
    return new Peer((peer, socket) -> peer.closed.await());
  }

  /** Reads a little, then resets the connection. */
  static Peer resetting() throws IOException {
    return new Peer((peer, socket) -> {
      socket.getInputStream().read();
      socket.setSoLinger(true, 0);
    });
  }

  /** Sends a text at once and what follows byte by byte, ten a second, without end. */
  static Peer dripping(String atOnce, String drop) throws IOException {
    return new Peer((peer, socket) -> {
      socket.getInputStream().read();
      socket.getOutputStream().write(atOnce.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      do {
        socket.getOutputStream().write(drop.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      } while (!peer.closed.await(100, TimeUnit.MILLISECONDS));
    });
  }

  int connections() {
    return sockets.size();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
