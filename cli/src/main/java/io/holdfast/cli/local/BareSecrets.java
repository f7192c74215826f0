package io.holdfast.cli.local;

import io.holdfast.cli.terminal.SafeText;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the environment says of the secrets of a repository that has no configuration. */
final class BareSecrets {
  static final String PASSWORD = "HOLDFAST_PASSWORD";
  static final String PASSWORD_FILE = "HOLDFAST_PASSWORD_FILE";

  private BareSecrets() {}

  /** The same variables, of which paths begin where the program was started. */
  static UnaryOperator<@Nullable String> resolved(
      UnaryOperator<@Nullable String> variables, Surroundings surroundings) {
    return name -> {
      String value = variables.apply(name);
      return value != null && PASSWORD_FILE.equals(name)
          ? Paths.resolve(value, surroundings).toString()
          : value;
    };
  }

  /**
   * The same variables, and the password by whoever sits at the terminal, if there is no other. He
   * is asked when it is needed, and once.
   *
   * @param repository whose password it is
   */
  static UnaryOperator<@Nullable String> asking(
      UnaryOperator<@Nullable String> variables, Surroundings surroundings, String repository) {
    var typed = new AtomicReference<@Nullable String>();
    return name -> {
      String value = variables.apply(name);
      if (value != null || !PASSWORD.equals(name)) {
        return value;
      }
      if (!surroundings.isInteractive()) {
        throw unknown(
            repository,
            "Name a file that holds it by the variable "
                + PASSWORD_FILE
                + ", or set "
                + PASSWORD
                + ".");
      }
      String known = typed.get();
      if (known == null) {
        known = ask(surroundings, repository);
        typed.set(known);
      }
      return known;
    };
  }

  /**
   * That nobody says what the password is.
   *
   * @param guidance how to say it
   */
  static HoldfastException unknown(String repository, String guidance) {
    return new HoldfastException(
        ErrorCode.CONFIGURATION_INVALID,
        "the password of " + repository + " is not known",
        guidance);
  }

  private static @Nullable String ask(Surroundings surroundings, String repository) {
    char[] answer = surroundings.secrets().apply("Password of " + SafeText.line(repository) + ": ");
    if (answer == null) {
      return null;
    }
    try {
      return new String(answer);
    } finally {
      Arrays.fill(answer, ' ');
    }
  }
}
