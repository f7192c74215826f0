package io.holdfast.cli.command;

import io.holdfast.cli.local.Paths;
import io.holdfast.cli.terminal.NewPassword;
import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.posix.PosixFileLayer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where a new password comes from; never the command line, which others on the machine can read.
 */
final class NewPasswordOption {
  @Option(
      names = "--new-password-file",
      paramLabel = "FILE",
      description = "A file that holds the new password; the last line break does not count.")
  private @Nullable String file;

  @Option(
      names = "--new-password-env",
      paramLabel = "NAME",
      description =
          "A variable of the environment that holds it. With neither, a terminal is asked.")
  private @Nullable String variable;

  /**
   * Reads it.
   *
   * @return UTF-8, to be overwritten when it was used
   */
  byte[] read(Session session) {
    if (file != null && variable != null) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "--new-password-file and --new-password-env name two passwords",
          "Leave one of them out.");
    }
    if (file == null && variable == null) {
      return NewPassword.ask(session.surroundings());
    }
    SecretSource source =
        file != null
            ? new SecretSource.InFile(Paths.resolve(file, session.surroundings()))
            : new SecretSource.InEnvironment(String.valueOf(variable));
    return source
        .fetch(PosixFileLayer.create(), session.surroundings().variables())
        .getBytes(StandardCharsets.UTF_8);
  }
}
