package io.holdfast.vault.pack;

import io.holdfast.vault.Vault;
import java.util.ArrayDeque;

/** Codecs that are used again and again, never more than were in use at once. Thread-safe. */
final class Codecs implements AutoCloseable {
  private final Vault vault;
  private final int level;
  private final ArrayDeque<BlobCodec> free = new ArrayDeque<>();
  private boolean closed;

  Codecs(Vault vault, int level) {
    this.vault = vault;
    this.level = level;
  }

  BlobCodec take() {
    synchronized (this) {
      // The one that was used last, whose buffers are in the caches.
      BlobCodec codec = free.pollLast();
      if (codec != null) {
        return codec;
      }
    }
    return new BlobCodec(vault.key(), vault.random(), level);
  }

  synchronized void give(BlobCodec codec) {
    if (closed) {
      codec.close();
    } else {
      free.addLast(codec);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    free.forEach(BlobCodec::close);
    free.clear();
  }
}
