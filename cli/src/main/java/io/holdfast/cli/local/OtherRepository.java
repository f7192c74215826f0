package io.holdfast.cli.local;

import io.holdfast.cli.terminal.Surroundings;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A second repository besides the one that a command is about, with secrets of its own. */
public sealed interface OtherRepository {
  /** Opens it. */
  Opened open(Surroundings surroundings) throws IOException;

  /**
   * The repository of another installation.
   *
   * @param file its configuration
   */
  record Configured(String file) implements OtherRepository {
    @Override
    public Opened open(Surroundings surroundings) throws IOException {
      return Opened.configured(surroundings, Optional.of(file));
    }
  }

  /**
   * A repository by itself.
   *
   * @param path where it is or will be
   * @param kind of what kind, if nothing is there; a {@code directory} unless said
   * @param passwordFile what holds its password, if it was named
   */
  record Bare(String path, Optional<String> kind, Optional<String> passwordFile)
      implements OtherRepository {
    private static final String OURS = "HOLDFAST_";
    private static final String THEIRS = "HOLDFAST_TO_";
    private static final String PASSWORD = "PASSWORD";
    private static final String PASSWORD_FILE = "PASSWORD_FILE";

    @Override
    public Opened open(Surroundings surroundings) {
      return Opened.repository(surroundings, path, true, kind, variables(surroundings));
    }

    /**
     * The environment as a kind of repository asks for it, with what is said of this one in the
     * place of what is said of the first. A password of its own stands for all that is said of the
     * first one's, in whatever form.
     */
    private UnaryOperator<@Nullable String> variables(Surroundings surroundings) {
      boolean own =
          passwordFile.isPresent()
              || surroundings.variable(THEIRS + PASSWORD_FILE).isPresent()
              || surroundings.variable(THEIRS + PASSWORD).isPresent();
      return asked -> {
        String name = String.valueOf(asked);
        if (!name.startsWith(OURS)) {
          return surroundings.variable(name).orElse(null);
        }
        String rest = name.substring(OURS.length());
        if (rest.equals(PASSWORD_FILE) && passwordFile.isPresent()) {
          return Paths.resolve(passwordFile.get(), surroundings).toString();
        }
        Optional<String> theirs = surroundings.variable(THEIRS + rest);
        boolean password = rest.equals(PASSWORD) || rest.equals(PASSWORD_FILE);
        Optional<String> value =
            theirs.or(() -> own && password ? Optional.empty() : surroundings.variable(name));
        if (rest.equals(PASSWORD) && value.isEmpty()) {
          throw BareSecrets.unknown(
              path,
              "Name a file that holds it by --to-password-file, or by the variable "
                  + THEIRS
                  + PASSWORD_FILE
                  + "; or set "
                  + THEIRS
                  + PASSWORD
                  + ".");
        }
        return value.orElse(null);
      };
    }
  }
}
