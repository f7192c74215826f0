package io.holdfast.vault.backup;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.content.Problems;
import io.holdfast.engine.repository.transfer.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.Future;

/**
 * Reads contents to their ends, several at a time, to see whether they are whole. What is wrong is
 * told in the order in which they came. Used by one thread.
 */
final class ContentDrain implements AutoCloseable {
  private static final int BUFFER = 256 << 10;
  private static final int MOST_UNDER_WAY = 64;

  private final Workers workers;
  private final Problems problems;
  private final ArrayDeque<Pending> underWay = new ArrayDeque<>();

  private record Pending(String subject, Future<Boolean> read) {}

  ContentDrain(Workers workers, Problems problems) {
    this.workers = workers;
    this.problems = problems;
  }

  /**
   * @param content that may be read on any thread
   */
  void add(String subject, Content content) throws IOException {
    underWay.addLast(
        new Pending(
            subject,
            workers.submit(() -> {
              drain(content);
              return true;
            })));
    if (underWay.size() > MOST_UNDER_WAY) {
      awaitFirst();
    }
  }

  /** Waits for all. */
  void finish() throws IOException {
    while (!underWay.isEmpty()) {
      awaitFirst();
    }
  }

  private void awaitFirst() throws IOException {
    Pending first = underWay.removeFirst();
    try {
      Workers.await(first.read());
    } catch (HoldfastException damage) {
      problems.add(damage, first.subject());
    }
  }

  /** Reads one to its end. */
  static void drain(Content content) throws IOException {
    var buffer = ByteBuffer.allocate(BUFFER);
    try (Content.Reader reader = content.open()) {
      while (reader.read(buffer) >= 0) {
        buffer.clear();
      }
    }
  }

  /** What was begun ends first: the repository must not be closed under it. */
  @Override
  public void close() {
    Workers.giveUp(underWay.stream().map(Pending::read).toList());
    underWay.clear();
  }
}
