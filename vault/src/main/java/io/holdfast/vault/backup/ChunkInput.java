package io.holdfast.vault.backup;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.pack.BlobReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The chunks of a file as a stream. Each is checked against its name. Not thread-safe. */
final class ChunkInput extends InputStream {
  private final VaultErrors errors;
  private final BlobReader blobs;
  private final List<ContentId> chunks;
  private byte[] chunk = new byte[0];
  private int at;
  private int next;

  ChunkInput(VaultErrors errors, BlobReader blobs, List<ContentId> chunks) {
    this.errors = errors;
    this.blobs = blobs;
    this.chunks = chunks;
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int step = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, bytes, offset, step);
    at += step;
    return step;
  }

  private boolean fill() throws IOException {
    while (at == chunk.length) {
      if (next == chunks.size()) {
        return false;
      }
      chunk = errors.translate(() -> blobs.read(BlobType.DATA, chunks.get(next)));
      next++;
      at = 0;
    }
    return true;
  }
}
