package io.holdfast.server.target;

import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.testkit.repository.RepositoryContract;
import io.holdfast.vault.backup.VaultRepository;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A vault at a target, held to what every repository promises. */
class TargetRepositoryTest extends RepositoryContract {
  @TempDir static Path root;
  private static TargetServer server;
  private static int count;

  /** The target that stands for a place. */
  private final Map<FilePath, RemoteVault> vaults = new ConcurrentHashMap<>();

  @BeforeAll
  static void start() throws Exception {
    server = TargetServer.start(root);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected Repository open(FilePath place) {
    return new VaultRepository(
        vaults.computeIfAbsent(place, any -> fresh()), files, CLOCK, place.resolve(".state"));
  }

  private static RemoteVault fresh() {
    try {
      String name = "machine-" + ++count;
      return new RemoteVault(server.target(name), server.token(name, true));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Compression compression() {
    return Compression.ZSTD;
  }
}
