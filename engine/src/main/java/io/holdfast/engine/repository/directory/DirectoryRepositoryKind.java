package io.holdfast.engine.repository.directory;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.repository.RepositoryKind;

/**
 * The kind {@code directory}. Settings: {@code path}, where the repository lies; {@code level}, how
 * hard to compress with zstd, 1 to 19, {@value #DEFAULT_LEVEL} if it is not there.
 *
 * <p>Level 1, because a backup is hashed and read back too: with it that costs less than {@code tar
 * | zstd -3} alone, for 3 % (binaries) to 8 % (text) more bytes.
 */
public final class DirectoryRepositoryKind implements RepositoryKind {
  static final int DEFAULT_LEVEL = 1;

  /** For {@link java.util.ServiceLoader}. */
  public DirectoryRepositoryKind() {}

  @Override
  public String name() {
    return "directory";
  }

  @Override
  public Repository repository(Settings settings, RepositoryContext context) {
    return new DirectoryRepository(
        context.files(),
        context.clock(),
        settings.path("path"),
        settings.number("level", DEFAULT_LEVEL, 1, 19));
  }
}
