package io.holdfast.vault.backup;

import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.repository.RepositoryKind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The kind {@code vault}: {@code path}, and the password by {@code password_file}, {@code
 * password_env} or {@code password_command}; {@code level} of zstd.
 */
public final class VaultRepositoryKind implements RepositoryKind {
  private static final int DEFAULT_LEVEL = 1;

  /** Names the password's file where there is no configuration. */
  private static final String PASSWORD_FILE = "HOLDFAST_PASSWORD_FILE";

  /** Holds the password where there is no configuration. */
  private static final String PASSWORD = "HOLDFAST_PASSWORD";

  /** For {@link java.util.ServiceLoader}. */
  public VaultRepositoryKind() {}

  @Override
  public String name() {
    return "vault";
  }

  @Override
  public Repository repository(Settings settings, RepositoryContext context) {
    FilePath path = settings.path("path");
    Optional<SecretSource> password = SecretSource.read(settings, "password");
    if (password.isEmpty()) {
      settings.problem(
          "password_file",
          "nothing",
          "the password of the vault: password_file, password_env or password_command");
    }
    return new VaultRepository(
        new LocalVault(
            context.files(),
            path,
            settings.number("level", DEFAULT_LEVEL, 1, 19),
            () -> password.orElseThrow().fetch(context.files(), context.variables())),
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
    String file = variables.apply(PASSWORD_FILE);
    return file != null
        ? Map.of("path", path.toString(), "password_file", file)
        : Map.of("path", path.toString(), "password_env", PASSWORD);
  }
}
