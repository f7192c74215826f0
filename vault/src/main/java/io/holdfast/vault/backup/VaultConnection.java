package io.holdfast.vault.backup;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.Vault;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A vault that is opened when it is needed first. Thread-safe. */
final class VaultConnection implements AutoCloseable {
  private final VaultSetting setting;
  private @Nullable Opened opened;

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
   * @param cancellation ends the opening
   */
  synchronized Opened open(boolean create, Cancellation cancellation) throws IOException {
    Opened already = opened;
    if (already == null) {
      Vault vault = setting.open(create, cancellation);
      already = new Opened(vault, new Snapshots(vault));
      opened = already;
    }
    return already;
  }

  /** Whoever needs it next opens it again. */
  @Override
  public synchronized void close() throws IOException {
    Opened was = opened;
    opened = null;
    if (was != null) {
      was.vault().close();
    }
  }
}
