package io.holdfast.engine.configuration;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is to be had: never in the configuration itself. It is fetched each time it is
 * needed, so that one that was changed is used without a restart.
 */
public sealed interface SecretSource {
  /** More than any secret has. */
  int MOST_BYTES = 64 << 10;

  /** A file, of which the last line break does not count. */
  record InFile(FilePath file) implements SecretSource {}

  /** A variable of the environment. */
  record InEnvironment(String variable) implements SecretSource {}

  /**
   * Reads the keys {@code <name>_file} and {@code <name>_env}, of which at most one may be there.
   *
   * @return empty if neither is
   */
  static Optional<SecretSource> read(Settings settings, String name) {
    Optional<FilePath> file = settings.optionalPath(name + "_file");
    Optional<String> variable = settings.optionalText(name + "_env");
    if (file.isPresent() && variable.isPresent()) {
      settings.problem(
          name + "_env", "both " + name + "_file and " + name + "_env", "one of the two, not both");
    }
    return file.<SecretSource>map(InFile::new)
        .or(() -> variable.<SecretSource>map(InEnvironment::new));
  }

  /**
   * Fetches the secret.
   *
   * @param environment the value of a variable, or null
   * @throws HoldfastException {@code CONFIGURATION_INVALID} if it is not there, or empty
   */
  default String fetch(FileLayer files, UnaryOperator<@Nullable String> environment) {
    String secret =
        switch (this) {
          case InFile(var file) -> {
            try {
              yield new String(FileTrees.readAll(files, file, MOST_BYTES), StandardCharsets.UTF_8)
                  .replaceFirst("\\R\\z", "");
            } catch (IOException e) {
              throw missing(e.getMessage(), e);
            }
          }
          case InEnvironment(var variable) ->
              Optional.ofNullable(environment.apply(variable)).orElse("");
        };
    if (secret.isEmpty()) {
      throw missing(
          switch (this) {
            case InFile(var file) -> file + " is empty";
            case InEnvironment(var variable) -> "the variable " + variable + " is not set";
          },
          null);
    }
    return secret;
  }

  private static HoldfastException missing(@Nullable String why, @Nullable Throwable cause) {
    return new HoldfastException(
        ErrorCode.CONFIGURATION_INVALID,
        "a secret cannot be had: " + why,
        "Put it there, readable for the user that Holdfast runs as.",
        cause);
  }
}
