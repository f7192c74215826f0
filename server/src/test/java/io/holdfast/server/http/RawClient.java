package io.holdfast.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that sends what a test likes, and reads what comes. Gives up after ten seconds. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int PAUSE_MILLIS = 20;

  final Socket socket;

  RawClient(int port) throws IOException {
    this(new Socket("127.0.0.1", port));
  }

  RawClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** All that comes until the server closes. */
  String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** All that comes up to a text, inclusive. */
  String readUntil(String end) throws IOException {
    InputStream in = socket.getInputStream();
    var read = new ByteArrayOutputStream();
    while (!read.toString(StandardCharsets.UTF_8).endsWith(end)) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("closed after: " + read.toString(StandardCharsets.UTF_8));
      }
      read.write(b);
    }
    return read.toString(StandardCharsets.UTF_8);
  }

  /** The head of the next answer. */
  String readHead() throws IOException {
    return readUntil("\r\n\r\n");
  }

  /**
   * Sends a piece again and again, with a short pause between, until the server says something or
   * closes the connection.
   *
   * @return the head of what it says; empty if it just closes
   */
  String trickle(String piece) throws IOException {
    var said = new ByteArrayOutputStream();
    try {
      while (!said.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
        if (said.size() == 0) {
          send(piece);
        }
        socket.setSoTimeout(PAUSE_MILLIS);
        try {
          int b = socket.getInputStream().read();
          if (b < 0) {
            break;
          }
          said.write(b);
        } catch (SocketTimeoutException nothingYet) {
          // The next piece.
        }
      }
    } catch (SocketException closed) {
      // Whatever was said until then.
    }
    return said.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
