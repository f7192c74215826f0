package io.holdfast.server;

import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentKind;
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

  private final SaidInCode said = new SaidInCode();
  private final List<Consumer<ServerEvent>> listeners = new ArrayList<>();
  private final FileLayer files = PosixFileLayer.create();
  private final Kinds kinds = Kinds.onPath();
  private Clock clock = Clock.systemUTC();
  private String host = "localhost";
  private String version = "unknown";
  private @Nullable Path configuration;
  private @Nullable Path home;
  private @Nullable ServerSettings listen;
  private boolean http;
  private Cancellation stop = new Cancellation();

  HoldfastBuilder() {}

  /**
   * Reads everything from a file, as the command line does. Components that code adds are protected
   * besides; nothing else of what a file says can be said in code then.
   */
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
    said.repository(directory);
    return this;
  }

  /**
   * Protects something.
   *
   * @param name lowercase letters, digits, dashes and underscores, at most 63, beginning with a
   *     letter or digit
   * @param kind such as {@code sqlite} or {@code directory}
   * @param settings as they would stand in a configuration
   * @throws HoldfastException {@code CONFIGURATION_INVALID}
   */
  public HoldfastBuilder component(String name, String kind, Map<String, String> settings) {
    return component(name, kind, ComponentOptions.DEFAULT, settings);
  }

  /**
   * Protects something, with options.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID}
   */
  public HoldfastBuilder component(
      String name, String kind, ComponentOptions options, Map<String, String> settings) {
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
    return component(name, kind, options, handler);
  }

  /**
   * Protects what a handler of the application's own knows.
   *
   * @param kind what the manifest calls it
   * @throws HoldfastException {@code CONFIGURATION_INVALID}
   */
  public HoldfastBuilder component(String name, String kind, ComponentHandler handler) {
    return component(name, kind, ComponentOptions.DEFAULT, handler);
  }

  /**
   * Protects what a handler of the application's own knows, with options.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID}
   */
  public HoldfastBuilder component(
      String name, String kind, ComponentOptions options, ComponentHandler handler) {
    said.component(name, kind, options, handler);
    return this;
  }

  /** What it does by itself. Not beside a configuration, which says so. */
  public HoldfastBuilder automation(Automation byItself) {
    said.automation(byItself);
    return this;
  }

  /** Which backups to keep. Not beside a configuration, which says so. */
  public HoldfastBuilder retention(RetentionPolicy policy) {
    said.retention(policy);
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
      return new ServerPlan(
          environment,
          said.installation(reader()),
          kinds,
          listen == null ? ServerSettings.DEFAULT : listen,
          path -> reader().repositoryAt(SettingsDocument.of("code", Map.of()), PATH, path),
          said.written(),
          System::getenv,
          http,
          listeners);
    }
    said.requireOnlyComponents();
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
                },
                said.components());
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
    return new InstallationReader(kinds, files, clock, System::getenv);
  }
}
