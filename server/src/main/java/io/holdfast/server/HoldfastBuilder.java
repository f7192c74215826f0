package io.holdfast.server;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.component.MissingSource;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.Automation;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.configuration.ServerSettings;
import io.holdfast.server.configuration.ServerSettingsReader;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.lifecycle.ServerPlan;
import io.holdfast.server.lifecycle.Startup;
import io.holdfast.server.setting.SettingKey;
import io.holdfast.server.setting.WrittenSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a Holdfast: from a configuration file, or from code. Without {@link #http} it does not
 * listen. Not thread-safe; used once.
 */
public final class HoldfastBuilder {
  private static final String PATH = "the setting backup.path";

  private final List<Component> components = new ArrayList<>();
  private final List<Consumer<ServerEvent>> listeners = new ArrayList<>();
  private final FileLayer files = PosixFileLayer.create();
  private final Kinds kinds = Kinds.onPath();
  private Clock clock = Clock.systemUTC();
  private Automation automation = Automation.DEFAULT;
  private RetentionPolicy retention = RetentionPolicy.DEFAULT;
  private String host = "localhost";
  private String version = "unknown";
  private @Nullable Path configuration;
  private @Nullable Path home;
  private @Nullable Path repository;
  private @Nullable ServerSettings listen;
  private boolean http;
  private Cancellation stop = new Cancellation();

  HoldfastBuilder() {}

  /** Reads everything from a file, as the command line does. */
  public HoldfastBuilder configuration(Path file) {
    configuration = file;
    return this;
  }

  /** What {@code ~} in the configuration stands for. */
  public HoldfastBuilder home(Path directory) {
    home = directory;
    return this;
  }

  /** Where backups are kept: a directory that is made if it is missing. */
  public HoldfastBuilder repository(Path directory) {
    repository = directory;
    return this;
  }

  /**
   * Protects something.
   *
   * @param name 1 to 63 lowercase letters, digits and dashes
   * @param kind such as {@code sqlite} or {@code directory}
   * @param settings as they would stand in a configuration
   * @throws HoldfastException {@code CONFIGURATION_INVALID}
   */
  public HoldfastBuilder component(String name, String kind, Map<String, String> settings) {
    ComponentKind known =
        kinds
            .component(kind)
            .orElseThrow(() ->
                new HoldfastException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "component " + name + " has the unknown kind " + kind,
                    "Known are " + String.join(", ", kinds.componentNames()) + "."));
    SettingsDocument document = SettingsDocument.of("component " + name, settings);
    ComponentHandler handler = known.handler(document.settings(), files);
    document.done();
    return component(name, kind, handler);
  }

  /**
   * Protects what a handler of the application's own knows.
   *
   * @param kind what the manifest calls it
   */
  public HoldfastBuilder component(String name, String kind, ComponentHandler handler) {
    components.add(
        new Component(
            new ComponentName(name),
            kind,
            true,
            Optional.empty(),
            MissingSource.FAIL,
            Component.DEFAULT_TIMEOUT,
            handler));
    return this;
  }

  /** What it does by itself, where no configuration says so. */
  public HoldfastBuilder automation(Automation byItself) {
    automation = byItself;
    return this;
  }

  /** Which backups to keep, where no configuration says so. */
  public HoldfastBuilder retention(RetentionPolicy policy) {
    retention = policy;
    return this;
  }

  /** Listens, as the configuration says, or on loopback at the usual port. */
  public HoldfastBuilder http() {
    http = true;
    return this;
  }

  /** Listens as these settings say, whatever a configuration does. */
  public HoldfastBuilder http(ServerSettings settings) {
    listen = settings;
    return http();
  }

  /** Hears of everything that happens; must be quick. */
  public HoldfastBuilder listener(Consumer<ServerEvent> listener) {
    listeners.add(listener);
    return this;
  }

  /** Ends a start that is under way, in the middle of a startup backup too. */
  public HoldfastBuilder stop(Cancellation cancellation) {
    stop = cancellation;
    return this;
  }

  /** The time. */
  public HoldfastBuilder clock(Clock time) {
    clock = time;
    return this;
  }

  /** How records name this machine and this program. */
  public HoldfastBuilder identity(String hostName, String softwareVersion) {
    host = hostName;
    version = softwareVersion;
    return this;
  }

  /**
   * Starts, after a startup backup if that is on.
   *
   * @throws HoldfastException {@code CANCELLED} if it was stopped meanwhile
   * @throws HoldfastException {@code CONFIGURATION_INVALID}, or what makes a start impossible
   */
  public Holdfast start() {
    try {
      return new Holdfast(new Startup(plan(), new SecureRandom(), stop).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ServerPlan plan() {
    var environment = new Environment(files, clock, new SecureRandom(), host, version);
    if (configuration == null) {
      Path place = repository();
      return new ServerPlan(
          environment,
          inCode(place),
          kinds,
          listen == null ? ServerSettings.DEFAULT : listen,
          path -> reader().repositoryAt(SettingsDocument.of("code", Map.of()), PATH, path),
          written(place, automation, retention),
          System::getenv,
          http,
          listeners);
    }
    SettingsDocument document =
        SettingsDocument.read(
            FilePath.of(configuration.toAbsolutePath()),
            files,
            Optional.ofNullable(home).map(FilePath::of));
    var settings = new AtomicReference<>(ServerSettings.DEFAULT);
    var written = new AtomicReference<>(Map.<SettingKey, String>of());
    Installation installation =
        reader()
            .bind(
                document,
                root -> {
                  settings.set(ServerSettingsReader.read(root));
                  written.set(WrittenSettings.of(root));
                });
    return new ServerPlan(
        environment,
        installation,
        kinds,
        listen == null ? settings.get() : listen,
        path -> reader().repositoryAt(document, PATH, path),
        written.get(),
        System::getenv,
        http,
        listeners);
  }

  private InstallationReader reader() {
    return new InstallationReader(kinds, files, clock);
  }

  private Path repository() {
    if (repository == null) {
      throw new HoldfastException(
          ErrorCode.CONFIGURATION_INVALID,
          "neither a configuration nor a repository was given",
          "Call configuration(file), or repository(directory) and component(…).");
    }
    return repository.toAbsolutePath();
  }

  private Installation inCode(Path place) {
    Installation bare = reader().ofRepository(FilePath.of(place));
    return new Installation(
        bare.repository(),
        bare.state(),
        components,
        bare.compression(),
        retention,
        bare.timeout(),
        bare.parallelism(),
        automation);
  }

  /** What code says counts as what a file would say. */
  private static Map<SettingKey, String> written(
      Path place, Automation automation, RetentionPolicy retention) {
    return Map.ofEntries(
        Map.entry(SettingKey.PATH, place.toString()),
        Map.entry(SettingKey.ENABLED, "" + automation.enabled()),
        Map.entry(SettingKey.SCHEDULE_HOURS, "" + automation.every().toHours()),
        Map.entry(SettingKey.SCHEDULE_CRON, automation.cron().orElse("")),
        Map.entry(SettingKey.SCHEDULE_ZONE, automation.zone().getId()),
        Map.entry(SettingKey.ON_STARTUP, "" + automation.onStartup()),
        Map.entry(SettingKey.ON_SHUTDOWN, "" + automation.onShutdown()),
        Map.entry(SettingKey.MAX_COUNT, "" + retention.maxCount()),
        Map.entry(SettingKey.MAX_AGE_DAYS, "" + retention.maxAgeDays()),
        Map.entry(SettingKey.KEEP_DAILY, "" + retention.keepDaily()),
        Map.entry(SettingKey.KEEP_WEEKLY, "" + retention.keepWeekly()),
        Map.entry(SettingKey.KEEP_MONTHLY, "" + retention.keepMonthly()),
        Map.entry(SettingKey.KEEP_YEARLY, "" + retention.keepYearly()));
  }
}
