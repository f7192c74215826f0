package io.holdfast.server.lifecycle;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.Engine;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayer.HeldLock;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.api.Api;
import io.holdfast.server.api.Looks;
import io.holdfast.server.api.OperationLimits;
import io.holdfast.server.api.Services;
import io.holdfast.server.catalogue.Catalogue;
import io.holdfast.server.event.EventLog;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.http.HttpServer;
import io.holdfast.server.http.Routes;
import io.holdfast.server.http.json.JsonBody;
import io.holdfast.server.idempotency.Idempotency;
import io.holdfast.server.idempotency.Patience;
import io.holdfast.server.run.RunMemory;
import io.holdfast.server.run.RunTold;
import io.holdfast.server.run.Runs;
import io.holdfast.server.security.Audit;
import io.holdfast.server.security.Tokens;
import io.holdfast.server.setting.BackupSettings;
import io.holdfast.server.setting.MirroredSettings;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.setting.SettingsFile;
import io.holdfast.server.state.StateDatabase;
import io.holdfast.server.state.StateDatabases;
import io.holdfast.server.state.StateException;
import io.holdfast.server.target.TargetActs;
import io.holdfast.server.target.TargetRoutes;
import io.holdfast.server.target.Targets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Starts a server, in an order that matters.
 *
 * <ol>
 *   <li>No other server serves the installation.
 *   <li>The state database is opened.
 *   <li>Where the backups are is settled: the setting {@code path} counts from here on.
 *   <li>What a process that was killed left behind is put right, in the repository, at the targets
 *       of a restore, in the state database.
 *   <li>There is a token to get in with.
 *   <li>The address is taken, and the certificate read: who is started again and again because that
 *       fails would publish a backup each time, and retention would remove the older ones.
 *   <li>The startup backup is made. If it fails that is told, and the server goes on (P12).
 *   <li>Requests are taken, and the schedule begins.
 * </ol>
 */
public final class Startup {
  private static final Duration TWIN = Duration.ofSeconds(30);
  private static final int BACKUPS_LOOKED_AT = 100;

  private final ServerPlan plan;
  private final FileLayer files;
  private final Clock clock;
  private final SecureRandom random;
  private final Cancellation stop;
  private final Jsonb json = Jsonb.builder().build();
  private final ServerEvents events = new ServerEvents();

  /**
   * @param stop ends a start that is under way
   */
  public Startup(ServerPlan plan, SecureRandom random, Cancellation stop) {
    this.plan = plan;
    this.stop = stop;
    this.files = plan.environment().files();
    this.clock = plan.environment().clock();
    this.random = random;
  }

  /**
   * Starts.
   *
   * @throws HoldfastException {@code BUSY} if another server serves the installation; whatever
   *     makes a start impossible
   */
  public Server start() throws IOException {
    events.listen(new EventLog());
    plan.listeners().forEach(events::listen);
    FilePath directory = plan.installation().state();
    FileTrees.createDirectories(files, directory, 0700);
    HeldLock lock = lock(directory);
    StateDatabase state = null;
    Engine engine = null;
    Notifications notifications = null;
    try {
      // First of all, so that webhooks hear of a state database that was damaged.
      notifications = Notifications.begin(plan, files, random, clock, events);
      state = state(directory);
      var place = new BackupPlace(plan, files);
      var stored =
          new MirroredSettings(state.settings(), new SettingsFile(files, directory), events);
      stored.begin();
      var settings = new BackupSettings(stored, plan.variables(), plan.written(), clock, place);
      settings
          .environmentProblems()
          .forEach(text -> events.publish(ServerEvent.warning(EventName.SETTING_REFUSED, text)));
      Installation installation = place.choose(settings.get(SettingKey.PATH), events);
      engine = new Engine(plan.environment(), installation, plan.kinds());
      Server server = assemble(engine, lock, state, settings, notifications, place.isFallback());
      return server;
    } catch (IOException | RuntimeException e) {
      if (notifications != null) {
        notifications.close();
      }
      if (engine != null) {
        engine.close();
      }
      if (state != null) {
        state.close();
      }
      lock.close();
      throw e;
    }
  }

  private HeldLock lock(FilePath directory) throws IOException {
    return files
        .tryLock(directory.resolve("server.lock"))
        .orElseThrow(() ->
            new HoldfastException(
                ErrorCode.BUSY,
                "another server serves this installation already",
                "Stop it first, or give this one a configuration and a state of its own."));
  }

  /** Whether an earlier server has been here, and its database is not. */
  private boolean isMissing(FilePath directory) {
    try {
      return plan.settings().database().isEmpty()
          && files.find(directory.resolve(FirstToken.FILE)).isPresent()
          && files.find(directory.resolve("server.db")).isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  private StateDatabase state(FilePath directory) {
    boolean missing = isMissing(directory);
    StateDatabases.Opened opened;
    try {
      opened = StateDatabases.open(StatePlace.of(plan, files, directory), files, clock);
    } catch (StateException e) {
      throw new HoldfastException(
          ErrorCode.IO,
          "the server's state database cannot be opened: " + e.getMessage(),
          "Mend that and start again. Backups and restores by command need neither the server nor its"
              + " database.",
          e);
    }
    if (missing) {
      events.publish(
          ServerEvent.error(
              EventName.STATE_FAILED,
              "the server's state database was gone and is begun anew: tokens, the record of runs and"
                  + " of acts are lost, and settings come back from settings.json if that is there;"
                  + " backups are found in the repository as before",
              null));
    }
    opened
        .warning()
        .ifPresent(text -> events.publish(ServerEvent.error(EventName.STATE_FAILED, text, null)));
    return opened.database();
  }

  private Server assemble(
      Engine engine,
      HeldLock lock,
      StateDatabase state,
      BackupSettings settings,
      Notifications notifications,
      boolean elsewhere)
      throws IOException {
    String name = HexFormat.of().toHexDigits(random.nextLong());
    recover(engine);
    var fates = new RunFates(engine, elsewhere);
    var idempotency =
        new Idempotency(state.idempotency(), clock, name, Patience.upTo(TWIN), fates::of);
    var aftermath = new Aftermath(fates, state, idempotency, events, clock, name);
    boolean away = aftermath.settle().isPresent();
    var tokens = new Tokens(state.tokens(), random, clock);
    if (plan.http()) {
      FirstToken.ensure(tokens, files, plan.installation().state(), events);
    }
    var memory = new RunMemory(state.runs(), events, clock);
    var runs = new Runs(engine, memory, events, clock, name, aftermath::settleLeft);
    var automatic = new AutomaticBackups(runs, settings, events);
    var attempts = LastAttempts.since(state);
    events.listen(attempts);
    events.listen(new Housekeeping(state, events, clock)::heard);
    var counts = new RunCounts();
    events.listen(counts);
    if (!away) {
      beginRepository(engine);
    }
    var catalogue = new Catalogue(engine);
    events.listen(event -> {
      if (event.name() == EventName.BACKUP_COMPLETED) {
        // So that its id is known, whatever becomes of its manifest.
        catalogue.page(Optional.empty(), 1);
      }
    });
    var schedule =
        new ScheduledBackups(
            plan.installation().automation(),
            settings,
            automatic,
            state,
            events,
            clock,
            random,
            () -> newestStart(catalogue));
    var audit = new Audit(state.audit(), events, clock);
    events.listen(audit::heard);
    var health = new Health(catalogue, state, settings, attempts, schedule, clock);
    var late = new LateStatus();
    Optional<Targets> targets =
        plan.settings()
            .target()
            .map(at -> new Targets(files, at.path(), at.quota(), random, clock, events));
    var services =
        new Services(
            engine,
            catalogue,
            runs,
            memory,
            state,
            idempotency,
            settings,
            tokens,
            audit,
            events,
            late,
            new OperationLimits(),
            new Looks(),
            new JsonBody(json),
            clock,
            plan.settings().restoresAnHour(),
            targets.isPresent());
    var server =
        new Server(
            new Server.Parts(
                engine,
                lock,
                services,
                events,
                automatic,
                schedule,
                health,
                notifications,
                targets,
                plan.installation().automation(),
                clock,
                plan.environment().softwareVersion()));
    late.is(server);
    notifications.watch(server);
    var measurements =
        new Measurements(
            services,
            schedule,
            notifications,
            counts,
            () -> targets.map(Targets::figures).orElse(Map.of()));
    events.listen(event -> {
      if (event.name().text().startsWith("backup.")) {
        measurements.changed();
      }
    });
    Optional<HttpServer> http =
        plan.http() ? Optional.of(listener(services, measurements, targets)) : Optional.empty();
    try {
      http.ifPresent(HttpServer::bind);
      if (settings.flag(SettingKey.ON_STARTUP) && !engine.installation().components().isEmpty()) {
        try (var heeded =
            stop.onCancel(() -> {
              runs.end();
              runs.cancel();
            })) {
          automatic.startup();
        }
      }
      stop.check();
      server.open(http);
    } catch (IOException | RuntimeException e) {
      http.ifPresent(HttpServer::close);
      throw e;
    }
    return server;
  }

  /** Where no schedule has run yet, what was made by hand tells when the next one is due. */
  private static Optional<Instant> newestStart(Catalogue catalogue) {
    try {
      return catalogue
          .newestSuccess(BACKUPS_LOOKED_AT)
          .flatMap(backup -> Optional.ofNullable(backup.startedAt()));
    } catch (HoldfastException | UncheckedIOException unreadable) {
      return Optional.empty();
    }
  }

  /** Where it cannot be reached now, the next backup tries again, and says why not (P12). */
  private void beginRepository(Engine engine) {
    try {
      engine.upkeep().begin();
    } catch (HoldfastException e) {
      events.publish(
          ServerEvent.error(
              EventName.REPOSITORY_UNAVAILABLE, "the repository: " + e.getMessage(), e));
    }
  }

  /** Before anything else: an unfinished restore is rolled back, an interrupted backup filed. */
  private void recover(Engine engine) {
    try {
      engine.recover(new RunMonitor(this::tell));
    } catch (HoldfastException e) {
      events.publish(
          ServerEvent.error(
              EventName.RESTORE_ROLLBACK,
              "what an interrupted run left behind could not be ended: " + e.getMessage(),
              e));
    }
  }

  private void tell(RunEvent event) {
    RunTold.of(event, null).ifPresent(events::publish);
  }

  private HttpServer listener(
      Services services, Measurements measurements, Optional<Targets> targets) {
    var observability = new RequestEvents(events, services.audit());
    Routes routes = MetricsRoute.added(Api.routes(services), measurements);
    var acts = new TargetActs(services.audit(), events);
    targets.ifPresent(its -> TargetRoutes.added(routes, its, acts));
    return new HttpServer(
        ListenSettings.of(plan.settings()),
        routes,
        new io.holdfast.server.http.HttpServices(
            files, random, json, services.tokens(), observability, observability));
  }
}
