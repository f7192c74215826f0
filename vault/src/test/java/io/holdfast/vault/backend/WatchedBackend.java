package io.holdfast.vault.backend;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A backend before each of whose operations a test does something, for what happens in between. */
public final class WatchedBackend extends InterceptedBackend {
  private final Before before;

  /** Is told of an operation that is about to be done. */
  @FunctionalInterface
  public interface Before {
    /**
     * @param operation as in {@link FaultyBackend#trace}: "write snapshots/…", "list locks"
     */
    void operation(String operation) throws IOException;
  }

  /** Does by means of {@code inner} what it is told, and closes it in the end. */
  public WatchedBackend(Backend inner, Before before) {
    super(inner);
    this.before = before;
  }

  @Override
  <T extends @Nullable Object> T intercept(Operation operation, String subject, Call<T> call)
      throws IOException {
    before.operation(operation.word() + " " + subject);
    return call.run();
  }
}
