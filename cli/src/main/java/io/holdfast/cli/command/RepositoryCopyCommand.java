package io.holdfast.cli.command;

import io.holdfast.cli.ExitCode;
import io.holdfast.cli.json.CopiedBackupJson;
import io.holdfast.cli.json.RepositoryCopyJson;
import io.holdfast.cli.local.LocalCopy;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.local.OtherRepository;
import io.holdfast.cli.target.FailureCodes;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.cli.terminal.SafeText;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.FailureJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code repository copy}. */
@Command(
    name = "copy",
    description = {
      "Copy backups to another repository, of whatever kind: all that it lacks, or those named.",
      "Each is verified on the way, and is there whole or not at all."
    })
final class RepositoryCopyCommand extends Operation {
  @Option(
      names = "--to",
      paramLabel = "PATH",
      description =
          "The repository to copy to, or the address of a vault; made if nothing is there.")
  private @Nullable String to;

  @Option(
      names = "--to-config",
      paramLabel = "FILE",
      description = "Instead, the configuration of the installation to whose repository to copy.")
  private @Nullable String toConfig;

  @Option(
      names = "--to-kind",
      paramLabel = "KIND",
      description = "What to make at PATH if nothing is there: directory (the default) or vault.")
  private @Nullable String toKind;

  @Option(
      names = "--to-password-file",
      paramLabel = "FILE",
      description =
          "Holds the password of the repository at PATH; otherwise $HOLDFAST_TO_PASSWORD_FILE or"
              + " $HOLDFAST_TO_PASSWORD, or these without TO_. A configuration of the source is not asked.")
  private @Nullable String toPasswordFile;

  @Option(
      names = "--backup",
      paramLabel = "ID",
      description = "Copy this one: a run id, a backup id or 'latest'; may be given several times.")
  private List<String> backups = List.of();

  @Mixin private RepositoryOption repository;

  @Override
  ExitCode run(Session session) throws Exception {
    Targets.requireHere(session, "Run it on the machine that reaches both repositories.");
    OtherRepository other = other();
    RepositoryCopyJson result;
    try (Opened from = from(session);
        Opened target = other.open(session.surroundings());
        var watch = new RunWatch(session)) {
      result = new LocalCopy(from, target).copy(backups, watch);
    }
    session.confirm(result, () -> tell(session, result));
    return result.ok() ? ExitCode.OK : session.fail(failure(result));
  }

  private Opened from(Session session) throws Exception {
    return repository.path().isPresent()
        ? Opened.repository(session.surroundings(), repository.path().get())
        : Opened.configured(session.surroundings(), session.options().config());
  }

  private OtherRepository other() {
    if ((to == null) == (toConfig == null)) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          to == null ? "nothing says where to copy to" : "--to and --to-config name two places",
          "Add --to PATH, or --to-config FILE.");
    }
    if (toConfig != null && (toKind != null || toPasswordFile != null)) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          (toKind != null ? "--to-kind" : "--to-password-file")
              + " is for --to, and the configuration says it already",
          "Leave it out.");
    }
    return toConfig != null
        ? new OtherRepository.Configured(toConfig)
        : new OtherRepository.Bare(
            String.valueOf(to), Optional.ofNullable(toKind), Optional.ofNullable(toPasswordFile));
  }

  private static void tell(Session session, RepositoryCopyJson result) {
    for (CopiedBackupJson backup : result.backups()) {
      FailureJson failure = backup.failure();
      if (failure != null) {
        session.line(
            SafeText.line(backup.runId())
                + ": "
                + session.style().bad("not copied")
                + ": "
                + SafeText.line(failure.message()));
      } else if (backup.result().equals("copied")) {
        session.line(
            SafeText.line(backup.runId()) + ": copied, " + Formats.size(backup.sizeBytes()));
      }
    }
    session.line(
        SafeText.line(result.target())
            + ": "
            + Formats.count(count(result, "copied"), "backup")
            + " copied, "
            + count(result, "present")
            + " there already");
    if (result.snapshotsLeftOut() > 0) {
      session.line(
          SnapshotText.others(result.snapshotsLeftOut())
              + " left out: 'restic copy' copies them to another vault");
    }
  }

  private static long count(RepositoryCopyJson result, String word) {
    return result.backups().stream().filter(backup -> backup.result().equals(word)).count();
  }

  /** What ended it; else what is wrong with the first backup that was not copied. */
  private static HoldfastException failure(RepositoryCopyJson result) {
    FailureJson ended = result.failure();
    if (ended != null) {
      return error(ended, ended.message());
    }
    FailureJson first =
        result.backups().stream()
            .flatMap(backup -> Optional.ofNullable(backup.failure()).stream())
            .findFirst()
            .orElseThrow();
    long failed = count(result, "failed");
    return error(
        first,
        Formats.count(failed, "backup")
            + (failed == 1 ? " was" : " were")
            + " not copied to "
            + result.target()
            + ": "
            + first.message());
  }

  private static HoldfastException error(FailureJson failure, String message) {
    String guidance = failure.guidance();
    return new HoldfastException(
        FailureCodes.of(failure), message, guidance == null ? "" : guidance);
  }
}
