package io.holdfast.cli.remote;

import io.holdfast.server.document.ArtifactJson;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupPageJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.ComponentJson;
import io.holdfast.server.document.ComponentListJson;
import io.holdfast.server.document.ConfiguredComponentJson;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.PaginationJson;
import io.holdfast.server.document.ProblemJson;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.RepositoryCheckJson;
import io.holdfast.server.document.RestoreAnswerJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoredComponentJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.RunPageJson;
import io.holdfast.server.document.SettingJson;
import io.holdfast.server.document.SettingListJson;
import io.holdfast.server.document.StatusJson;
import io.holdfast.server.document.TokenJson;
import io.holdfast.server.document.TokenListJson;
import io.holdfast.server.document.ValidationJson;

/**
 * Whether documents hold all that they have to. A reader of JSON leaves out what is not there, so
 * that a document of something that is no Holdfast server is full of nothing.
 */
final class Completeness {
  private Completeness() {}

  /**
   * Requires that a document is whole.
   *
   * @throws IllegalArgumentException if it is not
   */
  static void require(Object document) {
    switch (document) {
      case BackupJson backup -> backup(backup);
      case BackupPageJson page -> {
        Need.each(page.data(), Completeness::summary);
        pagination(page.pagination());
      }
      case RestoreAnswerJson answer -> {
        Need.all(answer.restore());
        restore(answer.restore());
      }
      case RunJson run -> run(run);
      case RunPageJson page -> {
        Need.each(page.data(), Completeness::run);
        pagination(page.pagination());
      }
      case ProgressJson progress -> progress(progress);
      case ValidationJson validation -> {
        Need.all(validation.runId());
        Need.each(validation.problems(), Completeness::problem);
      }
      case RepositoryCheckJson check -> {
        Need.all(check.repository());
        Need.each(check.problems(), Completeness::problem);
      }
      case ComponentListJson list -> Need.each(list.components(), Completeness::component);
      case StatusJson status -> status(status);
      case TokenListJson list -> Need.each(list.data(), Completeness::token);
      case TokenJson token -> token(token);
      case SettingListJson list -> Need.each(list.data(), Completeness::setting);
      case SettingJson setting -> setting(setting);
      default -> throw new IllegalArgumentException("not a document: " + document.getClass());
    }
  }

  private static void backup(BackupJson backup) {
    Need.all(backup.runId(), backup.backupId(), backup.status(), backup.trigger());
    Need.all(backup.startedAt(), backup.host(), backup.softwareVersion(), backup.compression());
    Need.each(backup.requested(), name -> {});
    Need.each(backup.components(), Completeness::component);
    Need.maybe(backup.finishedAt(), Need::time);
    Need.maybe(backup.receivedAt(), Need::time);
    Need.maybe(backup.failure(), Completeness::failure);
  }

  private static void component(ComponentJson component) {
    Need.all(component.name(), component.kind(), component.status());
    Need.all(component.startedAt(), component.source());
    Need.each(component.artifacts(), Completeness::artifact);
    Need.each(component.warnings(), warning -> {});
    Need.maybe(component.instant(), Need::time);
    Need.maybe(component.finishedAt(), Need::time);
    Need.maybe(component.failure(), Completeness::failure);
  }

  private static void artifact(ArtifactJson artifact) {
    Need.all(artifact.name(), artifact.type(), artifact.sha256());
    Need.each(artifact.checks(), check -> Need.all(check.name()));
  }

  private static void summary(BackupSummaryJson summary) {
    Need.all(summary.runId() == null ? summary.snapshotId() : summary.runId(), summary.status());
    Need.maybe(summary.startedAt(), Need::time);
    Need.maybe(summary.receivedAt(), Need::time);
    Need.maybe(summary.components(), names -> Need.each(names, name -> {}));
    Need.maybe(summary.failure(), Completeness::failure);
  }

  private static void restore(RestoreJson restore) {
    Need.all(restore.runId(), restore.backupRunId(), restore.backupId(), restore.status());
    Need.all(restore.startedAt(), restore.finishedAt());
    Need.each(restore.restoredComponents(), Completeness::restored);
    Need.each(restore.warnings(), warning -> {});
    Need.maybe(restore.failure(), Completeness::failure);
  }

  private static void restored(RestoredComponentJson component) {
    Need.all(component.name());
    Need.each(component.changes(), change -> Need.all(change.action(), change.subject()));
  }

  private static void run(RunJson run) {
    Need.all(run.runId(), run.operation(), run.status(), run.startedAt(), run.actor());
    Need.maybe(run.finishedAt(), Need::time);
    Need.maybe(run.failure(), Completeness::failure);
    Need.maybe(run.progress(), Completeness::progress);
    Need.maybe(run.backup(), Completeness::created);
    Need.maybe(run.restore(), Completeness::restore);
  }

  private static void created(BackupCreateJson created) {
    Need.all(created.backup());
    backup(created.backup());
    Need.each(created.pruned(), run -> {});
    Need.each(created.warnings(), warning -> {});
  }

  private static void progress(ProgressJson progress) {
    Need.all(progress.phase());
    Need.each(progress.parts(), part -> Need.all(part.name()));
  }

  private static void problem(ProblemJson problem) {
    Need.all(problem.code(), problem.subject(), problem.message());
  }

  private static void failure(FailureJson failure) {
    Need.all(failure.code(), failure.message());
  }

  private static void component(ConfiguredComponentJson component) {
    Need.all(component.name(), component.kind(), component.missing(), component.source());
  }

  private static void status(StatusJson status) {
    Need.all(status.version(), status.startedAt(), status.repository());
    Need.all(status.health(), status.schedule());
    Need.all(status.health().status(), status.health().backup(), status.health().stateDatabase());
    Need.all(status.health().backup().state(), status.schedule().rule());
    Need.maybe(status.health().backup().lastSuccess(), Need::time);
    Need.maybe(status.schedule().next(), Need::time);
    Need.maybe(status.current(), Completeness::run);
  }

  private static void token(TokenJson token) {
    Need.all(token.id(), token.name(), token.role(), token.createdAt());
    Need.maybe(token.expiresAt(), Need::time);
    Need.maybe(token.revokedAt(), Need::time);
  }

  private static void setting(SettingJson setting) {
    Need.all(setting.key(), setting.value(), setting.source());
    Need.all(setting.otherwise(), setting.allowed());
    Need.maybe(setting.changedAt(), Need::time);
  }

  private static void pagination(PaginationJson pagination) {
    Need.all(pagination);
    if (pagination.hasMore()) {
      Need.all(pagination.nextCursor());
    }
  }
}
