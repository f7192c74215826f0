package io.holdfast.vault.backup;

import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.repository.RepositoryKind;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Storage;
import io.holdfast.vault.backend.StorageKinds;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The kind {@code vault}: {@code path}, or {@code url} and {@code storage}; and the password by
 * {@code password_file}, {@code password_env} or {@code password_command}; {@code level} of zstd.
 */
public final class VaultRepositoryKind implements RepositoryKind {
  private static final int DEFAULT_LEVEL = 1;

  /** Names the password's file where there is no configuration. */
  private static final String PASSWORD_FILE = "HOLDFAST_PASSWORD_FILE";

  /** Holds the password where there is no configuration. */
  private static final String PASSWORD = "HOLDFAST_PASSWORD";

  private static final Storage NOWHERE =
      new Storage() {
        @Override
        public String location() {
          return "nowhere";
        }

        @Override
        public Backend open() {
          throw new IllegalStateException("a vault without a storage");
        }
      };

  private final StorageKinds storages;

  /** For {@link java.util.ServiceLoader}. */
  public VaultRepositoryKind() {
    this(StorageKinds.onPath());
  }

  /** One that knows these sorts of storage. */
  public VaultRepositoryKind(StorageKinds storages) {
    this.storages = storages;
  }

  @Override
  public String name() {
    return "vault";
  }

  @Override
  public Repository repository(Settings settings, RepositoryContext context) {
    Optional<Storage> storage = storages.read(settings, context);
    Optional<SecretSource> password = SecretSource.read(settings, "password");
    if (password.isEmpty()) {
      settings.problem(
          "password_file",
          "nothing",
          "the password of the vault: password_file, password_env or password_command");
    }
    return new VaultRepository(
        new ConfiguredVault(
            // Nothing comes of it when a problem was reported.
            storage.orElse(NOWHERE),
            context.files(),
            context.clock(),
            settings.number("level", DEFAULT_LEVEL, 1, 19),
            password,
            context.variables(),
            context.state()),
        context.files(),
        context.clock(),
        context.state());
  }

  @Override
  public boolean isAt(FilePath path, FileLayer files) throws IOException {
    return files.find(path.resolve("config")).isPresent()
        && files.find(path.resolve("keys")).isPresent();
  }

  @Override
  public Map<String, String> bareSettings(
      FilePath path, UnaryOperator<@Nullable String> variables) {
    return bare("path", path.toString(), variables);
  }

  @Override
  public boolean isAddress(String text) {
    return storages.isAddress(text);
  }

  @Override
  public Map<String, String> bareSettings(
      String address, UnaryOperator<@Nullable String> variables) {
    return bare("url", address, variables);
  }

  private static Map<String, String> bare(
      String key, String where, UnaryOperator<@Nullable String> variables) {
    String file = variables.apply(PASSWORD_FILE);
    return file != null
        ? Map.of(key, where, "password_file", file)
        : Map.of(key, where, "password_env", PASSWORD);
  }
}
