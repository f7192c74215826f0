package io.holdfast.vault.backend.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Sends a buffer, with its length told beforehand: in slices, each of which is a step forward. */
public final class Upload {
  private static final int SLICE = 64 << 10;

  private Upload() {}

  /** The body of a request; sends nothing more once the transfer is over. */
  public static BodyPublisher of(ByteBuffer content, Transfer transfer) {
    int size = content.remaining();
    return size == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(
            BodyPublishers.ofByteArrays(() -> new Slices(content.duplicate(), transfer)), size);
  }

  /** Copies, because the client holds on to what it is given after the request is given up. */
  private static final class Slices implements Iterator<byte[]> {
    private final ByteBuffer rest;
    private final Transfer transfer;

    Slices(ByteBuffer rest, Transfer transfer) {
      this.rest = rest;
      this.transfer = transfer;
    }

    @Override
    public boolean hasNext() {
      return rest.hasRemaining();
    }

    @Override
    public byte[] next() {
      if (!rest.hasRemaining()) {
        throw new NoSuchElementException();
      }
      byte[] slice = new byte[Math.min(SLICE, rest.remaining())];
      if (!transfer.move(() -> rest.get(slice))) {
        throw new IllegalStateException("the request was given up");
      }
      return slice;
    }
  }
}
