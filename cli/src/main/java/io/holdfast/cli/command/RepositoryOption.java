package io.holdfast.cli.command;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --repository}, wherever a repository alone is enough. */
final class RepositoryOption {
  @Option(
      names = "--repository",
      paramLabel = "PATH",
      description =
          "A repository to use without a configuration: its directory, or the address of a vault such as"
              + " s3:https://HOST/BUCKET/PREFIX.")
  private @Nullable String path;

  Optional<String> path() {
    return Optional.ofNullable(path);
  }
}
