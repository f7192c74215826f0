package io.holdfast.engine.component;

import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Looks whether secrets can be had, and whether others can have them too. Shows none of them. */
public final class SecretInspection {
  private static final String ELSEWHERE =
      "That is fine if only the server has it: this program was started with another environment.";

  /** Reading, writing and executing by the group and by everybody, as ssh wants them gone. */
  private static final int OTHERS = 0077;

  private SecretInspection() {}

  /**
   * Fetches a secret and forgets it.
   *
   * @param subject whose it is, for people
   * @param environment the value of a variable, or null; one that is not set is only warned of,
   *     since another process may have it
   * @return what there is to remark; at least one finding
   */
  public static List<Finding> of(
      String subject,
      SecretSource secret,
      FileLayer files,
      UnaryOperator<@Nullable String> environment) {
    var findings = new ArrayList<Finding>();
    boolean variable = secret instanceof SecretSource.InEnvironment;
    try {
      var unused = secret.fetch(files, environment);
      findings.add(new Finding(Severity.OK, subject, "its secret can be had", ""));
    } catch (HoldfastException wrong) {
      findings.add(
          new Finding(
              variable ? Severity.WARNING : Severity.ERROR,
              subject,
              wrong.message(),
              variable ? ELSEWHERE : wrong.guidance()));
    }
    if (secret instanceof SecretSource.InFile(var file)) {
      openToOthers(subject, file, files).ifPresent(findings::add);
    }
    return findings;
  }

  /**
   * A warning, if somebody besides its owner may do anything with a file that holds a secret.
   *
   * @param subject whose it is, for people
   * @return empty also if the file is not there, which whoever reads it is told
   */
  public static Optional<Finding> openToOthers(String subject, FilePath file, FileLayer files) {
    try {
      int mode = files.follow(file).mode();
      return (mode & OTHERS) == 0
          ? Optional.empty()
          : Optional.of(
              new Finding(
                  Severity.WARNING,
                  subject,
                  "others than its owner have rights to "
                      + file
                      + " (mode "
                      + String.format("%04o", mode)
                      + "), which holds a secret",
                  "chmod 0600 " + file));
    } catch (IOException missing) {
      return Optional.empty();
    }
  }
}
