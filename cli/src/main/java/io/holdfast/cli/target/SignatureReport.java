package io.holdfast.cli.target;

import io.holdfast.server.document.ProblemJson;
import java.util.List;

/**
 * What a look at the signatures of a repository found.
 *
 * @param problems what is wrong; empty if nothing is
 * @param newest the number of the newest signature; 0 if there is none
 * @param signed how many backups have good signatures
 * @param older how many were made before the first one
 */
public record SignatureReport(List<ProblemJson> problems, long newest, int signed, int older) {
  public SignatureReport {
    problems = List.copyOf(problems);
  }
}
