package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.repository.transfer.ContentPump.DataSink;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes one stream of an archive, entry by entry. Small entries gather in a frame of the stream's
 * own; an entry that is larger than a frame takes the archive for itself until it has passed, so
 * that no other stream's frame comes between its parts. Used by one thread.
 */
final class StreamWriter implements AutoCloseable {
  private final FramePipeline pipeline;
  private final int stream;
  private ByteBuffer frame;
  private boolean large;
  private boolean begun;
  private int mark;
  private int frameMark;
  private long left;

  StreamWriter(FramePipeline pipeline, int stream) {
    this.pipeline = pipeline;
    this.stream = stream;
    this.frame = pipeline.buffer();
  }

  int stream() {
    return stream;
  }

  /** Adds an entry without data. */
  void entry(byte[] header) throws IOException {
    begin(header, 0);
    end();
  }

  /**
   * Begins an entry.
   *
   * @param dataLength bytes that follow; they get padded
   */
  void begin(byte[] header, long dataLength) throws IOException {
    left = dataLength;
    long total = header.length + dataLength + TarHeader.padding(dataLength);
    large = total > Frames.SIZE;
    if (total > frame.remaining()) {
      flush();
    }
    if (large) {
      pipeline.lock().lock();
      mark = pipeline.mark();
    }
    frameMark = frame.position();
    begun = true;
    put(ByteBuffer.wrap(header));
  }

  /** Takes the data of an entry, piece by piece. */
  DataSink data() {
    return (data, position) -> {
      left -= data.remaining();
      if (left < 0) {
        throw new IllegalStateException("an entry has more data than its header says");
      }
      put(data);
    };
  }

  /** Ends an entry. */
  void end() throws IOException {
    if (left != 0) {
      throw new IllegalStateException("an entry lacks " + left + " bytes of its data");
    }
    long written = (long) frame.position() - frameMark;
    put(ByteBuffer.allocate(TarHeader.padding(written)));
    if (large) {
      flush();
    }
    leave();
  }

  /** Takes back an entry that was begun and not ended; does nothing if there is none. */
  void abort() throws IOException {
    if (!begun) {
      return;
    }
    try {
      if (large) {
        frame.clear();
        pipeline.cut(mark);
      } else {
        frame.position(frameMark);
      }
    } finally {
      leave();
    }
  }

  private void leave() {
    begun = false;
    if (large) {
      large = false;
      pipeline.lock().unlock();
    }
  }

  /** Hands over the frame that gathers. */
  void flush() throws IOException {
    if (frame.position() > 0) {
      ByteBuffer full = frame.flip();
      frame = pipeline.buffer();
      pipeline.add(stream, full);
    }
  }

  @Override
  public void close() throws IOException {
    abort();
    flush();
    pipeline.giveBack(frame);
  }

  private void put(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (!frame.hasRemaining()) {
        flush();
      }
      int step = Math.min(bytes.remaining(), frame.remaining());
      frame.put(bytes.slice(bytes.position(), step));
      bytes.position(bytes.position() + step);
    }
  }
}
