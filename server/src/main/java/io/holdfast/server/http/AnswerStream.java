package io.holdfast.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private final Duration patience;
  private final OptionalLong length;
  private byte[] piece = {};
  private int filled;
  private long written;

  /**
   * @param patience how long the client may take for a piece
   * @param length how much will be written, if that was announced
   */
  AnswerStream(Exchange exchange, Duration patience, OptionalLong length) {
    this.exchange = exchange;
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
    if (piece.length == 0) {
      piece = new byte[PIECE];
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
    send(ByteBuffer.wrap(piece, 0, filled), false);
    filled = 0;
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
    end(ByteBuffer.wrap(piece, 0, filled));
  }

  /** Sends a whole answer, of which nothing was written before. */
  void sendAll(byte[] bytes) throws IOException {
    int from = 0;
    while (bytes.length - from > PIECE) {
      send(ByteBuffer.wrap(bytes, from, PIECE), false);
      from += PIECE;
    }
    end(ByteBuffer.wrap(bytes, from, bytes.length - from));
  }

  private void end(ByteBuffer rest) throws IOException {
    send(rest, true);
    exchange.completed();
  }

  private void send(ByteBuffer bytes, boolean last) throws IOException {
    var sent = new Callback.Completable();
    exchange.response().write(last, bytes, sent);
    try {
      sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.request().fail(e);
      throw exchange.gone("the client did not read for " + patience, e);
    } catch (ExecutionException e) {
      throw exchange.gone("the client is gone", e);
    } catch (InterruptedException e) {
      exchange.request().fail(e);
      Thread.currentThread().interrupt();
      throw exchange.gone("the server stops before the client has read", e);
    }
  }
}
