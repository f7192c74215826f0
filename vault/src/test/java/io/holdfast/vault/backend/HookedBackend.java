package io.holdfast.vault.backend;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A backend around whose operations a test does what it likes. */
public final class HookedBackend extends InterceptedBackend {
  private final Hook hook;

  /** Called before and after an operation; what it throws is what the operation throws. */
  @FunctionalInterface
  public interface Hook {
    /**
     * @param subject the file or the sort of files
     * @param done whether the operation was done
     */
    void at(Operation operation, String subject, boolean done) throws IOException;
  }

  /** Closes {@code inner} in the end. */
  public HookedBackend(Backend inner, Hook hook) {
    super(inner);
    this.hook = hook;
  }

  @Override
  <T extends @Nullable Object> T intercept(Operation operation, String subject, Call<T> call)
      throws IOException {
    hook.at(operation, subject, false);
    T answer = call.run();
    hook.at(operation, subject, true);
    return answer;
  }
}
