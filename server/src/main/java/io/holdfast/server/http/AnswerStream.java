package io.holdfast.server.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Where the bytes of an answer go. Writing waits until the client's side has taken a piece, and
 * gives the client up when it does not in time; so a slow reader holds one virtual thread and 32
 * KiB, and no reader holds them for ever.
 *
 * <p>Headers leave with the first piece. Used by one thread at a time.
 */
final class AnswerStream extends OutputStream {
  private static final int PIECE = 32 << 10;

  private final Exchange exchange;
  private final Request request;
  private final Response response;
  private final Duration patience;
  private final OptionalLong length;
  private final byte[] piece = new byte[PIECE];
  private int filled;
  private long written;

  /**
   * @param patience how long the client may take for a piece
   * @param length how much will be written, if that was announced
   */
  AnswerStream(Exchange exchange, Duration patience, OptionalLong length) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.response = exchange.response();
    this.patience = patience;
    this.length = length;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * @throws ClientGoneException if nobody reads any more
   * @throws IllegalStateException if this is more than was announced
   */
  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    written += count;
    if (length.isPresent() && written > length.getAsLong()) {
      throw new IllegalStateException("more bytes than were announced: " + length.getAsLong());
    }
    int from = offset;
    int left = count;
    while (left > 0) {
      int part = Math.min(left, PIECE - filled);
      System.arraycopy(bytes, from, piece, filled, part);
      filled += part;
      from += part;
      left -= part;
      if (filled == PIECE) {
        flush();
      }
    }
  }

  @Override
  public void flush() throws IOException {
    send(false);
  }

  /**
   * Sends what is left, and the end.
   *
   * @throws IllegalStateException if less was written than announced
   */
  void end() throws IOException {
    if (length.isPresent() && written != length.getAsLong()) {
      throw new IllegalStateException(
          written + " bytes instead of those announced: " + length.getAsLong());
    }
    send(true);
    exchange.completed();
  }

  private void send(boolean last) throws IOException {
    var sent = new Callback.Completable();
    response.write(last, ByteBuffer.wrap(piece, 0, filled), sent);
    try {
      sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      filled = 0;
    } catch (TimeoutException e) {
      request.fail(e);
      throw new ClientGoneException("the client did not read for " + patience, e);
    } catch (ExecutionException e) {
      throw new ClientGoneException("the client is gone", e.getCause());
    } catch (InterruptedException e) {
      request.fail(e);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the client read");
    }
  }
}
