package io.holdfast.vault.backend.http;

import java.nio.ByteBuffer;

/**
 * Puts a body into the caller's buffer, after some bytes that are not wanted. What comes beyond is
 * counted, and the first of it ends the transfer; a body that ends with the buffer leaves the
 * connection for the next request.
 */
public final class Fill extends Download<Fill.Filled> {
  private final ByteBuffer target;
  private final int wanted;
  private long skip;
  private boolean more;

  /**
   * @param skip bytes before those that are wanted
   * @param target whose position moves
   */
  public Fill(Transfer transfer, long skip, ByteBuffer target) {
    super(transfer);
    this.skip = skip;
    this.target = target;
    this.wanted = target.remaining();
  }

  /**
   * @param bytes how many are in the buffer
   * @param more whether the body went on after them
   */
  public record Filled(int bytes, boolean more) {}

  @Override
  protected boolean take(ByteBuffer bytes) {
    int skipped = (int) Math.min(skip, bytes.remaining());
    skip -= skipped;
    bytes.position(bytes.position() + skipped);
    int fits = Math.min(bytes.remaining(), target.remaining());
    target.put(bytes.slice(bytes.position(), fits));
    more = bytes.remaining() > fits;
    return !more;
  }

  @Override
  protected Filled finish() {
    return new Filled(wanted - target.remaining(), more);
  }
}
