package io.holdfast.vault.backend.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Holds a body in memory, up to a limit. */
public final class Gather extends Download<Gather.Gathered> {
  private final int limit;
  private final List<byte[]> pieces = new ArrayList<>();
  private int size;
  private boolean tooLong;

  /**
   * @param limit the most bytes that are held; 0 to forget what comes
   */
  public Gather(Transfer transfer, int limit) {
    super(transfer);
    this.limit = limit;
  }

  /**
   * @param bytes the body, if it is not too long
   * @param tooLong whether it has more bytes than are held
   */
  public record Gathered(byte[] bytes, boolean tooLong) {}

  @Override
  protected boolean take(ByteBuffer bytes) {
    tooLong = bytes.remaining() > limit - size;
    if (!tooLong) {
      byte[] piece = new byte[bytes.remaining()];
      bytes.get(piece);
      pieces.add(piece);
      size += piece.length;
    }
    return !tooLong;
  }

  @Override
  protected Gathered finish() {
    byte[] all = new byte[tooLong ? 0 : size];
    int at = 0;
    for (byte[] piece : tooLong ? List.<byte[]>of() : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    return new Gathered(all, tooLong);
  }
}
