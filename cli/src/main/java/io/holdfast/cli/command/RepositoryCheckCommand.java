package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.RepositoryCheckedJson;
import io.holdfast.cli.json.RepositoryPartCheckJson;
import io.holdfast.cli.local.Monitored;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.target.SignatureReport;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.DataChecks.DataCheck;
import io.holdfast.engine.repository.DataPart;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.ProblemJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code repository check}. */
@Command(
    name = "check",
    description = "Check the whole repository: its structure, and every byte of every backup.")
final class RepositoryCheckCommand extends Operation {
  private static final String DAMAGE =
      "Look at the storage, then make a new backup; in a vault, move packs away first that are damaged:"
          + " a new backup relies on what is there. A damaged backup can be deleted with 'backup"
          + " delete'; what is sound in it can still be restored with --component.";

  /** Of indexes: what they say is in the packs too. */
  private static final String INDEX =
      "Look at the storage. Nothing is lost with an index that is damaged: make a copy of the vault,"
          + " and let restic make its index anew by 'restic repair index', or 'restic rebuild-index'"
          + " before 0.16. Then check again.";

  /** Of signatures: whoever deletes now deletes evidence. */
  private static final String SUSPICION =
      "Make sure that this is the key of this repository. If it is, somebody or some program has"
          + " changed or removed backups: keep the repository as it is, and find out who.";

  @Option(
      names = "--structure-only",
      description = "Do not read the content of artifacts: quick, and blind to flipped bits.")
  private boolean structureOnly;

  @Option(
      names = "--read-data",
      description = "Read every byte, which is what it does unless told otherwise.")
  private boolean readData;

  @Option(
      names = "--read-data-subset",
      paramLabel = "N/M|P%",
      description =
          "Read a part of a vault's data: that which was not read for longest, so that M checks of"
              + " 1/M have read all of it.")
  private @Nullable String subset;

  @Mixin private SignatureOption signatures;

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    if ((structureOnly ? 1 : 0) + (readData ? 1 : 0) + (subset == null ? 0 : 1) > 1) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "--structure-only, --read-data and --read-data-subset say different things",
          "Leave all but one of them out.");
    }
    if (subset != null && signatures.isGiven()) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "signatures are those of all backups, and --read-data-subset checks a part",
          "Check signatures with --structure-only, or leave --public-key out.");
    }
    return subset == null ? all(session) : part(session, part(subset));
  }

  private static DataPart part(String text) {
    try {
      return DataPart.parse(text);
    } catch (IllegalArgumentException e) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "--read-data-subset " + e.getMessage(),
          "Say how much to read: N/M with N from 1 to M, such as 1/7; or above 0% to 100%.");
    }
  }

  private ExitCode all(Session session) throws Exception {
    try (Target target = Targets.of(session, repository.path())) {
      RepositoryCheckedJson result;
      Optional<SignatureReport> report;
      try (var watch = new RunWatch(session)) {
        target.recover(watch);
        report = signatures.look(target, watch);
        result = SignatureOption.with(target.check(!structureOnly, watch), report);
      }
      session.confirm(
          result,
          () -> {
            tell(
                session,
                result.repository(),
                covered(result) + ", ",
                result.readData() ? "" : " (content was not read)",
                result.problems());
            report.ifPresent(found -> SignatureOption.tell(session, found));
          });
      boolean suspicious = report.map(found -> !found.problems().isEmpty()).orElse(false);
      return ending(
          session,
          result.repository(),
          result.problems(),
          suspicious ? suspicion(result.problems()) : damage(result.problems()));
    }
  }

  private ExitCode part(Session session, DataPart part) throws Exception {
    try (Opened opened = Targets.here(session, repository.path())) {
      DataCheck check;
      try (var watch = new RunWatch(session);
          var monitored = new Monitored(watch)) {
        check =
            opened
                .recovered(monitored.monitor())
                .engine()
                .upkeep()
                .check(part, monitored.monitor());
      }
      String location = opened.installation().repository().location();
      List<ProblemJson> problems = check.problems().stream().map(Documents::problem).toList();
      session.confirm(
          new RepositoryPartCheckJson(
              RepositoryPartCheckJson.SCHEMA,
              location,
              problems.isEmpty(),
              check.bytesRead(),
              check.bytesTotal(),
              check.bytesUnread(),
              check.remembered(),
              problems),
          () -> tell(session, location, "", " in " + extent(check), problems));
      if (!check.remembered()) {
        session.warn(
            "what was read is not remembered, and the next such check reads the same: "
                + (opened.configured()
                    ? opened.installation().state() + " cannot be written"
                    : "a configuration says where to, and none was used"));
      }
      return ending(session, location, problems, damage(problems));
    }
  }

  private static String covered(RepositoryCheckedJson result) {
    String backups = Formats.count(result.backups(), "backup");
    return result.snapshots() == 0
        ? backups
        : backups + " and " + SnapshotText.others(result.snapshots());
  }

  private static String extent(DataCheck check) {
    return Formats.size(check.bytesRead())
        + " of "
        + Formats.size(check.bytesTotal())
        + (check.bytesUnread() == 0
            ? "; all of it was read by this check or an earlier one"
            : "; " + Formats.size(check.bytesUnread()) + " were never read by such a check");
  }

  private static void tell(
      Session session, String repository, String before, String after, List<ProblemJson> problems) {
    String location = SafeText.line(repository);
    if (problems.isEmpty()) {
      session.line(location + ": " + before + session.style().good("no problem found") + after);
    } else {
      session.line(location + ": " + session.style().bad(count(problems)));
      ProblemText.show(session, problems);
    }
  }

  private static String damage(List<ProblemJson> problems) {
    if (problems.stream().anyMatch(RepositoryCheckCommand::isOfSignature)) {
      return problems.stream().allMatch(RepositoryCheckCommand::isOfSignature)
          ? suspicion(problems)
          : DAMAGE + " " + suspicion(problems);
    }
    if (problems.stream().anyMatch(RepositoryCheckCommand::isOfIndex)) {
      return problems.stream().allMatch(RepositoryCheckCommand::isOfIndex)
          ? INDEX
          : DAMAGE + " " + INDEX;
    }
    return DAMAGE;
  }

  private static boolean isOfIndex(ProblemJson problem) {
    return problem.subject().startsWith("index/");
  }

  private static String suspicion(List<ProblemJson> problems) {
    List<String> gone =
        problems.stream()
            .filter(RepositoryCheckCommand::isOfSignature)
            .filter(problem -> problem.message().contains("is gone"))
            .flatMap(problem -> Optional.ofNullable(problem.runId()).stream())
            .distinct()
            .toList();
    return gone.isEmpty()
        ? SUSPICION
        : SUSPICION
            + " If it was you, by 'restic forget' for one, 'holdfast repository acknowledge "
            + (gone.size() == 1 ? gone.getFirst() : "RUN ...")
            + "' takes it for right where backups are signed.";
  }

  private static boolean isOfSignature(ProblemJson problem) {
    return problem.subject().equals(BackupLayout.MANIFEST_SIGNATURE)
        || problem.subject().startsWith("signature ");
  }

  private static String count(List<ProblemJson> problems) {
    return Formats.count(problems.size(), "problem");
  }

  private static ExitCode ending(
      Session session, String repository, List<ProblemJson> problems, String guidance) {
    return problems.isEmpty()
        ? ExitCode.OK
        : session.fail(
            new HoldfastException(
                    ErrorCode.ARTIFACT_CORRUPT,
                    count(problems) + " found in " + repository,
                    guidance)
                .with("repository", repository));
  }
}
