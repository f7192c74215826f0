package io.holdfast.cli.command;

import io.holdfast.cli.json.RepositoryCheckedJson;
import io.holdfast.cli.json.SignaturesJson;
import io.holdfast.cli.target.SignatureReport;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.target.Watch;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.ProblemJson;
import io.holdfast.server.document.RepositoryCheckJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --public-key} and what goes with it. */
final class SignatureOption {
  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "Verify the signatures of all backups as well, by this Ed25519 key in PEM.")
  private @Nullable String publicKey;

  @Option(
      names = "--signed-at-least",
      paramLabel = "N",
      description =
          "The number of a signature that was seen before: a newest one below it shows that an"
              + " older state was put back.")
  private long atLeast;

  /** Whether anything of it was asked for. */
  boolean isGiven() {
    return publicKey != null || atLeast != 0;
  }

  /** Looks at signatures, if that was asked for. */
  Optional<SignatureReport> look(Target target, Watch watch) {
    if (atLeast != 0 && (publicKey == null || atLeast < 0)) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "--signed-at-least " + atLeast + " says nothing without a key, or is no number",
          "Add --public-key FILE; the number is what an earlier check told.");
    }
    return Optional.ofNullable(publicKey).map(file -> target.signatures(file, atLeast, watch));
  }

  /** A check with what was found besides; what both found is told once. */
  static RepositoryCheckedJson with(RepositoryCheckJson check, Optional<SignatureReport> report) {
    var problems = new LinkedHashSet<ProblemJson>(check.problems());
    report.ifPresent(found -> problems.addAll(found.problems()));
    return new RepositoryCheckedJson(
        check.schema(),
        check.repository(),
        problems.isEmpty(),
        check.readData(),
        check.backups(),
        check.snapshots(),
        report
            .map(found -> new SignaturesJson(found.signed(), found.newest(), found.older()))
            .orElse(null),
        List.copyOf(problems));
  }

  /** What people have to know of signatures: the number is for the next check. */
  static void tell(Session session, SignatureReport report) {
    session.line(
        "signatures: "
            + report.signed()
            + " good, "
            + (report.newest() == 0 ? "no newest one" : "the newest has number " + report.newest())
            + (report.older() == 0
                ? ""
                : "; " + report.older() + " older than the first one, which nothing vouches for"));
  }
}
