package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A vault that is opened when it is needed first. Thread-safe. */
final class VaultConnection implements AutoCloseable {
  private final VaultSetting setting;
  private final AtomicReference<@Nullable Opened> opened = new AtomicReference<>();
  private final Queue<Opened> gone = new ConcurrentLinkedQueue<>();
  private final Turn turn = new Turn();

  /**
   * A vault that is open.
   *
   * @param vault ends for no cancellation
   * @param snapshots what was read of it
   */
  record Opened(Vault vault, Snapshots snapshots) {}

  /** Connects to nothing yet. */
  VaultConnection(VaultSetting setting) {
    this.setting = setting;
  }

  /**
   * Opens it, or has it open.
   *
   * @param create whether to make it where there is none
   * @param cancellation ends the opening, and the waiting for somebody else who opens it
   */
  Opened open(boolean create, Cancellation cancellation) throws IOException {
    Opened already = opened.get();
    return already != null
        ? already
        : turn.during(cancellation, () -> openInTurn(create, cancellation));
  }

  /**
   * Opens it for what will be written. One that is open already is looked at again: a server may
   * have had it open for weeks, and what is sealed by the key of a vault that is not there any more
   * can be opened by nobody.
   *
   * @param create whether to make it where there is none
   * @param cancellation as for {@link #open}
   */
  Opened openAgain(boolean create, Cancellation cancellation) throws IOException {
    Opened already = opened.get();
    if (already != null
        && !VaultAccess.isStill(already.vault().insistingUntil(cancellation))
        && opened.compareAndSet(already, null)) {
      // Not closed yet: somebody may still be reading what it remembers.
      gone.add(already);
    }
    return open(create, cancellation);
  }

  private Opened openInTurn(boolean create, Cancellation cancellation) throws IOException {
    Opened already = opened.get();
    if (already == null) {
      Vault vault = setting.open(create, cancellation);
      already = new Opened(vault, new Snapshots(vault));
      opened.set(already);
    }
    return already;
  }

  /** Waits for nobody; whoever needs it next opens it again, and so does who is opening it. */
  @Override
  public void close() throws IOException {
    Opened was = opened.getAndSet(null);
    if (was != null) {
      was.vault().close();
    }
    for (Opened other = gone.poll(); other != null; other = gone.poll()) {
      other.vault().close();
    }
  }
}
