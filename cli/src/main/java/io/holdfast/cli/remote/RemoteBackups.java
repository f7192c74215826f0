package io.holdfast.cli.remote;

import io.holdfast.cli.target.BackupListing;
import io.holdfast.cli.target.FailureCodes;
import io.holdfast.cli.target.ListedBackup;
import io.holdfast.cli.target.ServerException;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.ComponentJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.FailureJson;
import io.holdfast.server.document.RunJson;
import io.holdfast.server.document.StatusJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Lists of backups, put together from what a server tells of them. */
final class RemoteBackups {
  private static final Set<String> UNPUBLISHED = Set.of("failed", "cancelled", "timeout");

  /** How many backups of a list are looked into one by one. */
  private static final int MOST_LOOKED_INTO = 200;

  private final Api api;
  private final Pages pages;

  RemoteBackups(Api api) {
    this.api = api;
    this.pages = new Pages(api);
  }

  BackupListing list(int limit, StatusJson status) {
    var found = new ArrayList<BackupSummaryJson>();
    pages.backups(
        limit,
        backup -> {
          found.add(backup);
          // Those of which nobody can tell the run come besides.
          return limit == 0
              || found.stream().filter(known -> known.runId() != null).count() < limit;
        });
    var looks = new AtomicInteger(MOST_LOOKED_INTO);
    List<ListedBackup> listed = found.stream().map(backup -> listed(backup, looks)).toList();
    Integer counted = status.backups();
    int all = limit == 0 || counted == null ? listed.size() : Math.max(listed.size(), counted);
    return new BackupListing(status.repository(), listed, all);
  }

  /** A page names what a backup was to hold; which of that it does stands in its manifest. */
  private ListedBackup listed(BackupSummaryJson backup, AtomicInteger looks) {
    String run = backup.runId();
    if (run == null) {
      return ListedBackup.unreadable(backup);
    }
    List<String> named = Objects.requireNonNullElse(backup.components(), List.of());
    FailureJson failure = backup.failure();
    return new ListedBackup(
        backup,
        () ->
            looks.getAndDecrement() > 0 ? find(run).map(RemoteBackups::held).orElse(named) : named,
        () -> Optional.ofNullable(failure).map(FailureJson::message));
  }

  /**
   * Why a server that keeps it to itself cannot show a backup: its list says of which the manifest
   * is damaged.
   *
   * @param otherwise the error if that is not why
   */
  RuntimeException why(String run, RuntimeException otherwise) {
    var found = new AtomicReference<RuntimeException>(otherwise);
    try {
      pages.backups(
          0,
          backup -> {
            FailureJson failure = backup.failure();
            if (run.equals(backup.runId()) && isUnreadable(backup) && failure != null) {
              found.set(new HoldfastException(FailureCodes.of(failure), failure.message(), ""));
            }
            return !run.equals(backup.runId());
          });
    } catch (HoldfastException | ServerException untold) {
      return otherwise;
    }
    return found.get();
  }

  static boolean isUnreadable(BackupSummaryJson backup) {
    return backup.status().equals("corrupt") || backup.status().equals("unsupported");
  }

  /** Records of runs that published nothing, as far as the server remembers them. */
  BackupListing listFailed(int limit, StatusJson status) {
    var found = new ArrayList<RunJson>();
    var counted = new ArrayList<String>();
    pages.runs(
        0,
        run -> {
          if (run.operation().equals("backup") && UNPUBLISHED.contains(run.status())) {
            counted.add(run.runId());
            if (limit == 0 || found.size() < limit) {
              found.add(run);
            }
          }
          return true;
        });
    List<ListedBackup> listed = found.stream().map(this::failed).toList();
    return new BackupListing(status.repository(), listed, counted.size());
  }

  private ListedBackup failed(RunJson listed) {
    RunJson run = api.get(ApiPath.of("admin", "runs", listed.runId()), RunJson.class);
    BackupSummaryJson document =
        run.backup() == null ? summary(run) : summary(run.backup().backup(), null);
    Optional<String> why =
        run.backup() == null
            ? Optional.ofNullable(run.failure()).map(FailureJson::message)
            : why(run.backup().backup());
    return new ListedBackup(document, List::of, () -> why);
  }

  private static Optional<String> why(BackupJson backup) {
    return Optional.ofNullable(backup.failure())
        .or(() -> Documents.culprit(backup).map(ComponentJson::failure))
        .map(FailureJson::message);
  }

  Optional<BackupJson> find(String run) {
    try {
      return Optional.of(api.get(ApiPath.of("admin", "backups", run), BackupJson.class));
    } catch (HoldfastException | ServerException gone) {
      return Optional.empty();
    }
  }

  private static List<String> held(BackupJson backup) {
    return backup.components().stream()
        .filter(component -> component.status().equals("completed"))
        .map(ComponentJson::name)
        .toList();
  }

  /** A backup as lists show it. */
  static BackupSummaryJson summary(BackupJson backup, @Nullable Long storedBytes) {
    return new BackupSummaryJson(
        backup.runId(),
        null,
        backup.backupId(),
        backup.status(),
        backup.trigger(),
        backup.safetyFor(),
        backup.installation(),
        backup.startedAt(),
        backup.finishedAt(),
        backup.receivedAt(),
        backup.compression(),
        backup.sizeBytes(),
        storedBytes,
        backup.components().stream().map(ComponentJson::name).toList(),
        backup.failure());
  }

  /** One whose manifest cannot be read. */
  static BackupSummaryJson unreadable(String run) {
    return new BackupSummaryJson(
        run, null, null, "corrupt", null, null, null, null, null, null, null, null, null, null,
        null);
  }

  /** The same of a run that left no manifest. */
  private static BackupSummaryJson summary(RunJson run) {
    return new BackupSummaryJson(
        run.runId(),
        null,
        null,
        run.status(),
        run.trigger(),
        null,
        null,
        run.startedAt(),
        run.finishedAt(),
        null,
        null,
        null,
        null,
        null,
        run.failure());
  }
}
