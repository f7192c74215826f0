package io.holdfast.server.target;

import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.rest.RestBackend;
import io.holdfast.vault.backend.rest.RestCredentials;
import io.holdfast.vault.backend.rest.RestSettings;
import io.holdfast.vault.backup.QuickVault;
import io.holdfast.vault.lock.LockOwner;
import java.net.URI;

/** A vault at a target. */
final class RemoteVault extends QuickVault {
  private final URI target;
  private final String token;

  RemoteVault(URI target, String token) {
    super("correct horse", new LockOwner("host", "user", ProcessHandle.current().pid()));
    this.target = target;
    this.token = token;
  }

  @Override
  public String location() {
    return target.toString();
  }

  @Override
  protected Backend backend(Cancellation cancellation) {
    return new RestBackend(
        RestSettings.of(target, new RestCredentials.Basic("machine", () -> token)));
  }
}
