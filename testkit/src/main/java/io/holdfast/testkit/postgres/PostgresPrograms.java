package io.holdfast.testkit.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the programs of an installed PostgreSQL. */
final class PostgresPrograms {
  /** Debian and Ubuntu keep each version in a directory of its own, off the path. */
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  private PostgresPrograms() {}

  /** The directory of the newest that has all that a server needs. */
  static Optional<Path> find() {
    try (Stream<Path> versions =
        Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.<Path>empty()) {
      Stream<Path> debian =
          versions
              .sorted(Comparator.comparing(PostgresPrograms::version).reversed())
              .map(version -> version.resolve("bin"));
      Stream<Path> path =
          Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
              .map(Path::of);
      return Stream.concat(debian, path).filter(PostgresPrograms::isComplete).findFirst();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static double version(Path directory) {
    try {
      return Double.parseDouble(directory.getFileName().toString());
    } catch (NumberFormatException other) {
      return 0;
    }
  }

  private static boolean isComplete(Path directory) {
    return List.of("initdb", "pg_ctl", "postgres", "createdb").stream()
        .allMatch(program -> Files.isExecutable(directory.resolve(program)));
  }
}
