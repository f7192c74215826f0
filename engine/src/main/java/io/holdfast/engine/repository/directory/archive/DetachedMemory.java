package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.transfer.Extents;
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps small contents in memory, so that whoever restores may write them with several threads. So
 * many bytes may be waiting at once; what is too much passes by in the stream instead.
 */
final class DetachedMemory {
  private static final int MOST_EACH = 1 << 20;
  private static final long MOST_WAITING = 16 << 20;

  private final AtomicLong waiting = new AtomicLong();

  /** Takes a content out of a stream, unless it is too large, or too many are waiting. */
  Optional<Content> take(
      TreeEntry.RegularFile file, ListedEntry listed, FrameStream data, String subject, Meter meter)
      throws IOException {
    long length = Extents.total(listed.extents());
    if (length > MOST_EACH || waiting.get() + length > MOST_WAITING) {
      return Optional.empty();
    }
    var bytes = new byte[(int) length];
    ByteBuffer target = ByteBuffer.wrap(bytes);
    data.consume(length, target::put);
    waiting.addAndGet(length);
    return Optional.of(new InMemory(file, listed, bytes, subject, meter));
  }

  private final class InMemory implements Content {
    private final TreeEntry.RegularFile file;
    private final ListedEntry listed;
    private final byte[] bytes;
    private final String subject;
    private final Meter meter;
    private final AtomicBoolean done = new AtomicBoolean();

    InMemory(
        TreeEntry.RegularFile file, ListedEntry listed, byte[] bytes, String subject, Meter meter) {
      this.file = file;
      this.listed = listed;
      this.bytes = bytes;
      this.subject = subject;
      this.meter = meter;
    }

    @Override
    public Reader open() {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      return new StoredContent(
          file.size(),
          listed.extents(),
          listed.sha256(),
          subject,
          meter,
          target -> {
            int step = Math.min(target.remaining(), left.remaining());
            target.put(left.slice(left.position(), step));
            left.position(left.position() + step);
            return step;
          },
          () -> {
            if (done.compareAndSet(false, true)) {
              waiting.addAndGet(-bytes.length);
            }
          });
    }

    @Override
    public boolean isDetached() {
      return true;
    }
  }
}
