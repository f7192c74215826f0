package io.holdfast.server.target;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.repository.RepositoryKind;
import io.holdfast.vault.backup.VaultRepository;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A kind of repository for tests: a vault at the target {@code url}, with {@code token}. */
public final class RemoteVaultKind implements RepositoryKind {
  /** For {@link java.util.ServiceLoader}. */
  public RemoteVaultKind() {}

  @Override
  public String name() {
    return "vault-at-target";
  }

  @Override
  public Repository repository(Settings settings, RepositoryContext context) {
    return new VaultRepository(
        new RemoteVault(URI.create(settings.text("url")), settings.text("token")),
        context.files(),
        context.clock(),
        context.state());
  }

  @Override
  public boolean isAt(FilePath path, FileLayer files) {
    return false;
  }

  @Override
  public Map<String, String> bareSettings(
      FilePath path, UnaryOperator<@Nullable String> variables) {
    return Map.of();
  }
}
