package io.holdfast.example.platform;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Where everything of a platform lies.
 *
 * @param home the directory that holds all of it, absolute
 */
public record Platform(Path home) {
  /** What everything follows from. */
  static final long SEED = 20_261_120L;

  /**
   * Makes a platform.
   *
   * @param home an empty directory
   */
  public static Platform create(Path home, FileLayer files) throws IOException, SQLException {
    var platform = new Platform(home);
    Files.createDirectory(home.resolve("data"));
    Databases.create(platform.database(), Rows.ofPlatform(0));
    Databases.create(platform.sessions(), Rows.ofSessions());
    new PlatformFiles(files, FilePath.of(home)).create();
    try (InputStream yaml = Platform.class.getResourceAsStream("holdfast.yaml")) {
      if (yaml == null) {
        throw new IOException("holdfast.yaml is missing in the jar of the example platform");
      }
      Files.copy(yaml, platform.holdfastYaml());
    }
    return platform;
  }

  /** The database that is written to all the time. */
  public Path database() {
    return home.resolve("data/platform.db");
  }

  /** The database that the application keeps open and that is restored live. */
  public Path sessions() {
    return home.resolve("data/sessions.db");
  }

  /** The directory of what the agents remember. */
  public Path memory() {
    return home.resolve("memory");
  }

  /** The directory of the YAML configuration. */
  public Path configuration() {
    return home.resolve("configuration");
  }

  /** The directory of checkpoints. */
  public Path checkpoints() {
    return home.resolve("checkpoints");
  }

  /** What Holdfast is told of this platform. */
  public Path holdfastYaml() {
    return home.resolve("holdfast.yaml");
  }
}
