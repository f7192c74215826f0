package io.holdfast.cli.remote;

import io.holdfast.engine.run.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An answer, of which the head is there and the body comes. Closed when it was read. */
final class Reply implements AutoCloseable {
  private static final int BUFFER = 16 << 10;

  private final HttpResponse<?> head;
  private final BodyStream body;
  private final Cancellation until;
  private final AutoCloseable aborting;

  /**
   * @param until breaks off the reading
   */
  Reply(HttpResponse<?> head, BodyStream body, Cancellation until) {
    this.head = head;
    this.body = body;
    this.until = until;
    this.aborting = until.onCancel(body::abort);
  }

  int status() {
    return head.statusCode();
  }

  Optional<String> header(String name) {
    return head.headers().firstValue(name);
  }

  /** The media type without its parameters; empty if there is none. */
  String mediaType() {
    return header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /**
   * The whole body.
   *
   * @throws TooLongException if it is longer
   * @throws LostException if it breaks off, or trickles for longer than that
   */
  byte[] bytes(int mostBytes, Duration atMost) throws IOException {
    long begun = System.nanoTime();
    var bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    try {
      for (int count = body.read(buffer, 0, BUFFER);
          count >= 0;
          count = body.read(buffer, 0, BUFFER)) {
        if (count > mostBytes - bytes.size()) {
          throw new TooLongException(mostBytes);
        }
        if (System.nanoTime() - begun > atMost.toNanos()) {
          throw new SilenceException(atMost);
        }
        bytes.write(buffer, 0, count);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** The body as events. */
  EventReader events(int mostBytes) {
    return new EventReader(body, mostBytes);
  }

  /** What an exception of the body means: that nobody wants it any more, or that it is gone. */
  IOException lost(IOException e) {
    until.check();
    return e instanceof TooLongException ? e : LostException.meanwhile(e);
  }

  @Override
  public void close() {
    body.close();
    try {
      aborting.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
