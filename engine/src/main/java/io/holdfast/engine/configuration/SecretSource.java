package io.holdfast.engine.configuration;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is to be had: never in the configuration itself. It is fetched each time it is
 * needed, so that one that was changed is used without a restart.
 */
public sealed interface SecretSource {
  /** More than any secret has. */
  int MOST_BYTES = 64 << 10;

  /** How long a command may take. */
  Duration LONGEST = Duration.ofSeconds(30);

  /** A file, of which the last line break does not count. */
  record InFile(FilePath file) implements SecretSource {}

  /** A variable of the environment. */
  record InEnvironment(String variable) implements SecretSource {}

  /** A program that prints it, with its arguments; the last line break does not count. */
  record FromCommand(List<String> words) implements SecretSource {
    public FromCommand {
      words = List.copyOf(words);
    }

    /** Without the arguments. */
    @Override
    public String toString() {
      return "command " + words.getFirst();
    }
  }

  /**
   * Reads the keys {@code <name>_file}, {@code <name>_env} and {@code <name>_command}, of which at
   * most one may be there.
   *
   * @return empty if none is
   */
  static Optional<SecretSource> read(Settings settings, String name) {
    Optional<FilePath> file = settings.optionalPath(name + "_file");
    Optional<String> variable = settings.optionalText(name + "_env");
    List<String> words = settings.texts(name + "_command");
    List<String> said =
        Stream.of("_file", "_env", "_command").map(name::concat).filter(settings::has).toList();
    if (said.size() > 1) {
      settings.problem(said.getLast(), String.join(" and ", said), "one of them");
    }
    return file.<SecretSource>map(InFile::new)
        .or(() -> variable.<SecretSource>map(InEnvironment::new))
        .or(() -> words.isEmpty() ? Optional.empty() : Optional.of(new FromCommand(words)));
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
              yield withoutLineBreak(
                  new String(FileTrees.readAll(files, file, MOST_BYTES), StandardCharsets.UTF_8));
            } catch (IOException e) {
              throw missing(e.getMessage(), e);
            }
          }
          case InEnvironment(var variable) ->
              Optional.ofNullable(environment.apply(variable)).orElse("");
          case FromCommand(var words) -> {
            try {
              yield withoutLineBreak(new SecretCommand(words, LONGEST, MOST_BYTES).output());
            } catch (IOException e) {
              throw missing(e.getMessage(), e);
            }
          }
        };
    if (secret.isEmpty()) {
      throw missing(
          switch (this) {
            case InFile(var file) -> file + " is empty";
            case InEnvironment(var variable) -> "the variable " + variable + " is not set";
            case FromCommand(var words) -> "the command " + words.getFirst() + " printed nothing";
          },
          null);
    }
    return secret;
  }

  private static String withoutLineBreak(String text) {
    return text.replaceFirst("\\R\\z", "");
  }

  private static HoldfastException missing(@Nullable String why, @Nullable Throwable cause) {
    return new HoldfastException(
        ErrorCode.CONFIGURATION_INVALID,
        "a secret cannot be had: " + why,
        "Put it there, readable for the user that Holdfast runs as.",
        cause);
  }
}
