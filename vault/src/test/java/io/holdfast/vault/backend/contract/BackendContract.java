package io.holdfast.vault.backend.contract;

import io.holdfast.vault.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * The suite that every {@link Backend} must pass, decorators included. A subclass supplies the
 * backend; each test has a storage of its own, in which nothing is stored.
 */
@Timeout(300)
public abstract class BackendContract
    implements ContentContract,
        RangeContract,
        ExclusiveContract,
        ListContract,
        DeletionContract,
        ConcurrencyContract,
        LifeContract {
  private final List<Backend> opened = new ArrayList<>();
  private Backend backend;

  /** A backend, and each time a new one, on the one storage of this test. */
  protected abstract Backend open() throws Exception;

  @Override
  public final Backend backend() {
    return backend;
  }

  @Override
  public final Backend another() throws Exception {
    Backend more = open();
    opened.add(more);
    return more;
  }

  @BeforeEach
  final void createBackend() throws Exception {
    backend = another();
    backend.create();
  }

  @AfterEach
  final void closeBackends() throws Exception {
    for (Backend each : opened) {
      each.close();
    }
  }
}
