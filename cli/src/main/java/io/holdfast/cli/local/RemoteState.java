package io.holdfast.cli.local;

import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.file.FilePath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Where this machine keeps its part of a repository that is elsewhere and has no configuration:
 * locks and journals of restores. A directory for each address, below what the XDG base directories
 * call the state of a user.
 */
final class RemoteState {
  private static final int NAME_BYTES = 8;

  private RemoteState() {}

  static FilePath place(String address, Surroundings surroundings) {
    FilePath states =
        surroundings
            .variable("XDG_STATE_HOME")
            .filter(path -> path.startsWith("/"))
            .map(FilePath::of)
            .or(() -> surroundings.home().map(home -> home.resolve(".local").resolve("state")))
            .orElse(FilePath.of("/var/lib"));
    return states.resolve("holdfast").resolve("repositories").resolve(name(address));
  }

  /** The address itself may be too long for a name, and hold a slash. */
  private static String name(String address) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(address.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
