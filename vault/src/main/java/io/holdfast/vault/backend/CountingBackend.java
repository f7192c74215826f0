package io.holdfast.vault.backend;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is asked of a backend. Below the decorator that tries again it counts every try,
 * above it what the vault asked for. Thread-safe.
 */
public final class CountingBackend extends InterceptedBackend {
  private final Map<Operation, Tally> tallies = new EnumMap<>(Operation.class);

  /** Counts what is asked of {@code inner}, and closes it in the end. */
  public CountingBackend(Backend inner) {
    super(inner);
    for (Operation operation : Operation.values()) {
      tallies.put(operation, new Tally(new LongAdder(), new LongAdder(), new LongAdder()));
    }
  }

  /**
   * What one operation came to.
   *
   * @param calls how often it was asked for and is at its end
   * @param failures how many of these failed
   * @param bytes of content that went through by those that succeeded: stored, or read
   */
  public record Count(long calls, long failures, long bytes) {}

  private record Tally(LongAdder calls, LongAdder failures, LongAdder bytes) {
    Count count() {
      return new Count(calls.sum(), failures.sum(), bytes.sum());
    }
  }

  /** What came together so far, for every operation; not one instant while others call. */
  public Map<Operation, Count> counts() {
    var counts = new EnumMap<Operation, Count>(Operation.class);
    tallies.forEach((operation, tally) -> counts.put(operation, tally.count()));
    return Map.copyOf(counts);
  }

  /** What one operation came to so far. */
  public Count count(Operation operation) {
    return tally(operation).count();
  }

  @Override
  <T extends @Nullable Object> T intercept(Operation operation, String subject, Call<T> call)
      throws IOException {
    boolean good = false;
    try {
      T answer = call.run();
      good = true;
      return answer;
    } finally {
      tally(operation).calls().increment();
      if (!good) {
        tally(operation).failures().increment();
      }
    }
  }

  @Override
  public void write(FileId file, ByteBuffer content) throws IOException {
    super.write(file, content);
    tally(Operation.WRITE).bytes().add(content.remaining());
  }

  @Override
  public void read(FileId file, long offset, ByteBuffer target) throws IOException {
    int size = target.remaining();
    super.read(file, offset, target);
    tally(Operation.READ).bytes().add(size);
  }

  @Override
  public byte[] readAll(FileId file) throws IOException {
    byte[] content = super.readAll(file);
    tally(Operation.READ).bytes().add(content.length);
    return content;
  }

  private Tally tally(Operation operation) {
    return Objects.requireNonNull(tallies.get(operation));
  }
}
