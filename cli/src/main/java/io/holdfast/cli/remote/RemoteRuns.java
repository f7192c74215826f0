package io.holdfast.cli.remote;

import io.holdfast.cli.remote.RunOrder.Outcome;
import io.holdfast.cli.remote.RunOrder.Wish;
import io.holdfast.cli.target.FailureCodes;
import io.holdfast.cli.target.Watch;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupOrderJson;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.RestoreAnswerJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoreOrderJson;
import io.holdfast.server.document.RunJson;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Orders the runs that a server makes, and tells how they ended. */
final class RemoteRuns {
  private static final int KEY_BYTES = 16;

  private final Api api;
  private final Streams streams;
  private final Patience patience;
  private final RandomGenerator random;

  RemoteRuns(Api api, Streams streams, Patience patience, RandomGenerator random) {
    this.api = api;
    this.streams = streams;
    this.patience = patience;
    this.random = random;
  }

  BackupCreateJson backUp(BackupOrderJson order, Watch watch) {
    Outcome<BackupJson> end =
        await(ApiPath.of("admin", "backups"), order, BackupJson.class, BackupJson::runId, watch);
    BackupCreateJson made =
        end.run()
            .flatMap(run -> Optional.ofNullable(run.backup()))
            .or(() ->
                end.answer()
                    .map(backup ->
                        new BackupCreateJson(
                            BackupCreateJson.SCHEMA, backup, List.of(), List.of())))
            .orElseThrow(() -> withoutDocument(end));
    Told.of(made.backup(), watch);
    return made;
  }

  RestoreJson restore(RestoreOrderJson order, Watch watch) {
    Outcome<RestoreAnswerJson> end =
        await(
            ApiPath.of("admin", "backups", "restore"),
            order,
            RestoreAnswerJson.class,
            answer -> answer.restore().runId(),
            watch);
    RestoreJson restore =
        end.answer()
            .map(RestoreAnswerJson::restore)
            .or(() -> end.run().flatMap(run -> Optional.ofNullable(run.restore())))
            .orElseThrow(() -> withoutDocument(end));
    Optional.ofNullable(restore.safetyBackupRunId())
        .flatMap(new RemoteBackups(api)::find)
        .ifPresent(safety -> Told.warnings(safety, watch));
    Told.of(restore, watch);
    return restore;
  }

  private <T> Outcome<T> await(
      ApiPath path, Object order, Class<T> answer, Function<T, String> runOf, Watch watch) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    var wish = new Wish<>(path, order, HexFormat.of().formatHex(key), answer, runOf);
    return new RunOrder<>(api, streams, patience, wish, watch).await();
  }

  /** A run that ended without leaving a record, which takes the death of a server. */
  private static HoldfastException withoutDocument(Outcome<?> end) {
    RunJson run = end.run().orElseThrow();
    Optional<FailureJson> why = Optional.ofNullable(run.failure());
    ErrorCode byStatus =
        switch (run.status()) {
          case "cancelled" -> ErrorCode.CANCELLED;
          case "timeout" -> ErrorCode.TIMEOUT;
          default -> ErrorCode.INTERRUPTED;
        };
    return new HoldfastException(
            why.map(FailureCodes::of).orElse(byStatus),
            run.operation().replace('_', ' ')
                + " "
                + run.runId()
                + " "
                + run.status()
                + why.map(failure -> ": " + failure.message()).orElse(""),
            why.map(FailureJson::guidance).orElse(""))
        .with("run", run.runId());
  }
}
