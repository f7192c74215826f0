package io.holdfast.cli.remote;

import io.holdfast.cli.local.Paths;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that a command line names for the client's own use. */
final class ClientFiles {
  private ClientFiles() {}

  static Path resolve(Surroundings surroundings, String named) {
    return Path.of(Paths.resolve(named, surroundings).toString());
  }

  /** The error that a file could not be read. */
  static HoldfastException unreadable(String what, Path path, IOException e) {
    String why =
        switch (e) {
          case NoSuchFileException missing -> "there is no such file";
          case FileSystemException file when file.getReason() != null -> file.getReason();
          default -> String.valueOf(e.getMessage());
        };
    return new HoldfastException(
        ErrorCode.USAGE, what + " cannot be read from " + path + ": " + why, "", e);
  }
}
