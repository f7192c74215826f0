package io.holdfast.cli.remote;

import io.holdfast.cli.ServerFault;
import io.holdfast.cli.target.BackupListing;
import io.holdfast.cli.target.ComponentListing;
import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.target.Watch;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupOrderJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.CheckOrderJson;
import io.holdfast.server.document.RepositoryCheckJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoreOrderJson;
import io.holdfast.server.document.StatusJson;
import io.holdfast.server.document.ValidationJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The installation that a server looks after. */
public final class RemoteTarget implements Target {
  private final RemoteServer server;
  private final Api api;
  private final RemoteRuns runs;
  private @Nullable StatusJson status;

  /** Takes over the server, and closes it. */
  public RemoteTarget(RemoteServer server) {
    this.server = server;
    this.api = server.api();
    this.runs = server.runs();
  }

  @Override
  public String repository() {
    return status().repository();
  }

  private StatusJson status() {
    StatusJson known = status;
    if (known == null) {
      known = server.status();
      status = known;
    }
    return known;
  }

  /** The server did that when it started. */
  @Override
  public void recover(Watch watch) {}

  @Override
  public BackupCreateJson backUp(BackupOrderJson order, Watch watch) {
    // Asked for before, so that what is wrong with the server shows before anything has begun.
    var unused = repository();
    new RemoteComponents(api).require(Objects.requireNonNullElse(order.components(), List.of()));
    return runs.backUp(order, watch);
  }

  @Override
  public BackupListing list(int limit) {
    return new RemoteBackups(api).list(limit, status());
  }

  @Override
  public BackupListing listFailed(int limit) {
    return new RemoteBackups(api).listFailed(limit, status());
  }

  @Override
  public String resolve(String id, List<String> components) {
    if (RunId.isRunId(id)) {
      return id;
    }
    boolean latest = id.equals("latest");
    if (!latest && !BackupId.isBackupId(id)) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "'" + id + "' is no id of a backup",
          "An id is a run id such as 20261120-143000-000001, a backup id of 12 hexadecimal digits,"
              + " or 'latest'. 'holdfast backup list' shows them.");
    }
    return latest && !components.isEmpty()
        ? new LatestBackup(api, status().installation()).holding(components)
        : show(id).runId();
  }

  @Override
  public BackupJson show(String id) {
    try {
      return api.get(ApiPath.of("admin", "backups", id), BackupJson.class);
    } catch (ServerException e) {
      throw e.fault() == ServerFault.SERVER_FAILED && RunId.isRunId(id)
          ? new RemoteBackups(api).why(id, e)
          : e;
    }
  }

  @Override
  public Optional<BackupSummaryJson> find(String run) {
    try {
      return Optional.of(RemoteBackups.summary(show(run), null));
    } catch (ServerException e) {
      if (e.fault() == ServerFault.RECORD_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    } catch (HoldfastException e) {
      return switch (e.code()) {
        case BACKUP_NOT_FOUND -> Optional.empty();
        case MANIFEST_CORRUPT, FORMAT_UNSUPPORTED -> Optional.of(RemoteBackups.unreadable(run));
        default -> throw e;
      };
    }
  }

  @Override
  public void delete(String run) {
    api.delete(ApiPath.of("admin", "backups", run));
  }

  @Override
  public ValidationJson validate(String run, Watch watch) {
    return server
        .reading()
        .await(ApiPath.of("admin", "backups", run, "validate"), null, ValidationJson.class, watch);
  }

  @Override
  public RepositoryCheckJson check(boolean readData, Watch watch) {
    return server
        .reading()
        .await(
            ApiPath.of("admin", "repository", "check"),
            new CheckOrderJson(readData),
            RepositoryCheckJson.class,
            watch);
  }

  @Override
  public RestoreJson restore(RestoreOrderJson order, Watch watch) {
    if (order.destination() != null && !order.destination().startsWith("/")) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "'" + order.destination() + "' is no absolute path",
          "With --server, --to names a directory on the server, from its root on.");
    }
    try {
      return runs.restore(order, watch);
    } catch (ServerException e) {
      boolean untold =
          e.fault() == ServerFault.SERVER_FAILED || e.fault() == ServerFault.REQUEST_REFUSED;
      throw untold ? new RemoteBackups(api).why(String.valueOf(order.backupId()), e) : e;
    }
  }

  @Override
  public ComponentListing components() {
    return new RemoteComponents(api).list();
  }

  @Override
  public Map<String, List<String>> places() {
    return new RemoteComponents(api).places();
  }

  @Override
  public void close() {
    server.close();
  }
}
