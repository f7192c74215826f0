package io.holdfast.store.files;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a program as the system will, without running it. */
final class ProgramLookup {
  private ProgramLookup() {}

  /** What is wrong with a program, in words; empty if it can be run. */
  static Optional<String> problem(FileLayer files, String program) {
    List<FilePath> candidates = candidates(program);
    boolean found = false;
    for (FilePath candidate : candidates) {
      try {
        FileStat stat = files.follow(candidate);
        if (stat.isRegular() && (stat.mode() & 0111) != 0) {
          return Optional.empty();
        }
        found = true;
      } catch (IOException e) {
        // Not there; perhaps in the next directory.
      }
    }
    return Optional.of(program + (found ? " is not executable" : " does not exist"));
  }

  private static List<FilePath> candidates(String program) {
    if (program.startsWith("/")) {
      return List.of(FilePath.of(program));
    }
    if (program.contains("/")) {
      return List.of(FilePath.of(Path.of(program)));
    }
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return Stream.of(path.split(":", -1))
        .filter(directory -> directory.startsWith("/"))
        .map(directory -> FilePath.of(directory).resolve(program))
        .toList();
  }
}
