package io.holdfast.cli.remote;

import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The secret that opens a server. Nothing shows it but {@link #header}. */
final class BearerToken {
  private static final int MOST_BYTES = 4096;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{1,512}=*");

  /** Those that anybody but the owner has. */
  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final String secret;

  private BearerToken(String secret) {
    this.secret = secret;
  }

  /**
   * Finds the token: in the file that an option names, in {@code HOLDFAST_TOKEN}, in the file that
   * {@code HOLDFAST_TOKEN_FILE} names.
   *
   * @param file the file that an option names
   * @throws HoldfastException {@code USAGE} if there is none, or if others can read or change it
   */
  static BearerToken find(Surroundings surroundings, Optional<String> file) {
    if (file.isPresent()) {
      return inFile(surroundings, file.get());
    }
    Optional<String> variable = surroundings.variable("HOLDFAST_TOKEN");
    if (variable.isPresent()) {
      return of(variable.get(), "the variable HOLDFAST_TOKEN");
    }
    return surroundings
        .variable("HOLDFAST_TOKEN_FILE")
        .map(named -> inFile(surroundings, named))
        .orElseThrow(() ->
            new HoldfastException(
                ErrorCode.USAGE,
                "a server needs a token, and there is none",
                "Put it into the variable HOLDFAST_TOKEN, or into a file that only you can read and"
                    + " name that with HOLDFAST_TOKEN_FILE or --token-file."));
  }

  private static BearerToken inFile(Surroundings surroundings, String named) {
    Path path = ClientFiles.resolve(surroundings, named);
    try {
      Set<PosixFilePermission> permissions = EnumSet.copyOf(OF_OTHERS);
      permissions.retainAll(Files.getPosixFilePermissions(path));
      if (!permissions.isEmpty()) {
        throw new HoldfastException(
            ErrorCode.USAGE,
            "others can read or change the token in " + path,
            "Run 'chmod 600 " + path + "'; if it was like that for long, make a new token.");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return of(
            new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip(),
            "the file " + path);
      }
    } catch (IOException e) {
      throw ClientFiles.unreadable("the token", path, e);
    }
  }

  private static BearerToken of(String text, String where) {
    if (!FORM.matcher(text).matches()) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "what " + where + " holds is no token",
          "A token is one word of letters, digits and some signs, such as hf_….");
    }
    return new BearerToken(text);
  }

  /** What the header {@code Authorization} says. */
  String header() {
    return "Bearer " + secret;
  }

  @Override
  public String toString() {
    return "a token";
  }
}
