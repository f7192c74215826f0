package io.holdfast.cli.stub;

import io.avaje.jsonb.Jsonb;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.Engine;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.document.BackupHealthJson;
import io.holdfast.server.document.BackupPageJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.CheckOrderJson;
import io.holdfast.server.document.ComponentListJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.HealthJson;
import io.holdfast.server.document.PaginationJson;
import io.holdfast.server.document.RepositoryCheckJson;
import io.holdfast.server.document.ScheduleJson;
import io.holdfast.server.document.StatusJson;
import io.holdfast.server.document.ValidationJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Speaks for an engine as the server's API does. */
public final class StubApi implements AutoCloseable {
  static final String ADMIN = "/api/v1/admin";

  private final Opened opened;
  private final Engine engine;
  private final Instant started = Instant.now();

  private StubApi(Opened opened) {
    this.opened = opened;
    this.engine = opened.engine();
  }

  /** Makes a server speak for the configuration that is found there. */
  public static StubApi serve(StubServer server, Surroundings surroundings) throws IOException {
    var api = new StubApi(Opened.configured(surroundings, Optional.empty()));
    var runs = new StubRuns(api.engine);
    server
        .on("GET " + ADMIN + "/status", told(request -> request.json(200, api.status())))
        .on("GET " + ADMIN + "/components", told(request -> request.json(200, api.components())))
        .on("GET " + ADMIN + "/backups", told(request -> request.json(200, api.page(request))))
        .on("GET " + ADMIN + "/backups/{id}", told(api::show))
        .on("DELETE " + ADMIN + "/backups/{id}", told(api::delete))
        .on("POST " + ADMIN + "/backups/{id}/validate", told(api::validate))
        .on("POST " + ADMIN + "/repository/check", told(api::check))
        .on("POST " + ADMIN + "/backups", told(runs::backup))
        .on("POST " + ADMIN + "/backups/restore", told(runs::restore))
        .on("GET " + ADMIN + "/runs", request -> request.json(200, runs.page()))
        .on("GET " + ADMIN + "/runs/{id}", told(runs::show))
        .on("GET " + ADMIN + "/runs/{id}/progress", told(runs::progress))
        .on("POST " + ADMIN + "/runs/{id}/cancel", told(runs::cancel));
    return api;
  }

  /** Turns what the engine throws into a problem. */
  private static StubServer.Answer told(StubServer.Answer answer) {
    return request -> {
      try {
        answer.to(request);
      } catch (HoldfastException e) {
        request.problem(StubProblem.status(e), StubProblem.members(e));
      }
    };
  }

  static <T> T body(StubRequest request, Class<T> type) {
    return Jsonb.builder().build().type(type).fromJson(request.seen().body());
  }

  private StatusJson status() {
    boolean any = Files.exists(Path.of(engine.installation().repository().location()));
    return new StatusJson(
        StatusJson.SCHEMA,
        "0.1.0",
        started,
        engine.installation().repository().location(),
        null,
        any ? engine.list().size() : 0,
        new HealthJson("ok", new BackupHealthJson("ok", null), "ok"),
        new ScheduleJson(true, "every 6 hours", null, 0, 0),
        null);
  }

  private ComponentListJson components() {
    return new ComponentListJson(
        ComponentListJson.SCHEMA,
        engine.installation().components().stream()
            .map(c -> Documents.component(c, newest(c.name()), Optional.empty()))
            .toList());
  }

  private Optional<Manifest> newest(ComponentName name) {
    return engine.list().stream()
        .filter(BackupEntry.Readable.class::isInstance)
        .map(entry -> ((BackupEntry.Readable) entry).manifest())
        .filter(manifest -> !manifest.isSafetyBackup())
        .filter(m -> m.component(name).filter(ComponentRecord::isRestorable).isPresent())
        .findFirst();
  }

  /** Pages are short, so that there are several. */
  private BackupPageJson page(StubRequest request) {
    int limit = Math.min(2, Integer.parseInt(request.query("limit")));
    List<BackupSummaryJson> all = engine.list().stream().map(Documents::summary).toList();
    int from = request.query("cursor").isEmpty() ? 0 : Integer.parseInt(request.query("cursor"));
    int to = Math.min(all.size(), from + limit);
    boolean more = to < all.size();
    return new BackupPageJson(
        all.subList(from, to), new PaginationJson(limit, more, more ? "" + to : null));
  }

  private RunId named(StubRequest request, int fromEnd) {
    String id = request.segment(fromEnd);
    if (!RunId.isRunId(id) && !id.equals("latest") && id.length() != 12) {
      throw new HoldfastException(ErrorCode.BACKUP_NOT_FOUND, "no backup of that name", "");
    }
    return engine.resolve(id);
  }

  private void show(StubRequest request) throws IOException {
    RunId run = named(request, 0);
    try {
      request.json(200, Documents.backup(engine.show(run)));
    } catch (HoldfastException e) {
      if (e.code() != ErrorCode.MANIFEST_CORRUPT) {
        throw e;
      }
      request.problem(500, "INTERNAL_ERROR", "Backup operation failed");
    }
  }

  private void delete(StubRequest request) throws IOException {
    engine.delete(named(request, 0));
    request.text(204, "", "");
  }

  private void validate(StubRequest request) throws Exception {
    RunId run = named(request, 1);
    StubWork.stream(
        request,
        monitor -> {
          List<RepositoryProblem> problems = engine.validate(run, monitor);
          return new ValidationJson(
              run.value(), problems.isEmpty(), problems.stream().map(Documents::problem).toList());
        });
  }

  private void check(StubRequest request) throws Exception {
    boolean readData = Boolean.TRUE.equals(body(request, CheckOrderJson.class).readData());
    StubWork.stream(
        request,
        monitor -> {
          List<RepositoryProblem> problems = engine.upkeep().check(readData, monitor);
          return new RepositoryCheckJson(
              RepositoryCheckJson.SCHEMA,
              engine.installation().repository().location(),
              problems.isEmpty(),
              readData,
              engine.list().size(),
              engine.foreign().list().size(),
              problems.stream().map(Documents::problem).toList());
        });
  }

  @Override
  public void close() {
    opened.close();
  }
}
