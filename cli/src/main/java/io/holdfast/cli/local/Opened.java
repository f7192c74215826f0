package io.holdfast.cli.local;

import io.holdfast.cli.Version;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.Engine;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.ReadOnlyPart;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.installation.AddressText;
import io.holdfast.engine.installation.Environment;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.server.configuration.ServerSettings;
import io.holdfast.server.configuration.ServerSettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The engine, opened for one command.
 *
 * @param origin what it was opened from: the configuration, or the repository, or this machine's
 *     part of one that is elsewhere
 * @param configured whether it was the configuration
 * @param heeded what was heeded besides it
 * @param server what the configuration says to a server
 */
public record Opened(
    Engine engine,
    Environment environment,
    FilePath origin,
    boolean configured,
    Heeded heeded,
    ServerSettings server)
    implements AutoCloseable {

  /**
   * The installation that the configuration describes.
   *
   * @param named the configuration, if one was named
   * @throws io.holdfast.engine.error.HoldfastException {@code CONFIGURATION_INVALID} if there is
   *     none or it is wrong
   */
  public static Opened configured(Surroundings surroundings, Optional<String> named)
      throws IOException {
    FileLayer files = PosixFileLayer.create();
    FilePath file = new ConfigurationFile(surroundings, files).find(named);
    Kinds kinds = Kinds.onPath();
    Clock clock = surroundings.clock();
    var reader = new InstallationReader(kinds, files, clock, surroundings.variables());
    SettingsDocument document = SettingsDocument.read(file, files, surroundings.home());
    var server = new AtomicReference<>(ServerSettings.DEFAULT);
    Installation installation =
        reader.bind(document, root -> server.set(ServerSettingsReader.read(root)));
    Heeded heeded =
        Heeded.of(
            installation,
            files,
            path -> reader.repositoryAt(document, "the setting backup.path", path));
    return open(files, clock, heeded.over(installation), kinds, file, true, heeded, server.get());
  }

  /**
   * A repository without a configuration (P11), to be read. It may be anybody's, so nothing is
   * written into it but the locks that keep others from removing what is read; what its own
   * installation would remember is not remembered.
   */
  public static Opened repository(Surroundings surroundings, String named) {
    return repository(surroundings, named, Optional.empty());
  }

  /**
   * The same.
   *
   * @param installation whose backups are meant, where several share it; empty if nobody says
   */
  public static Opened repository(
      Surroundings surroundings, String named, Optional<InstallationName> installation) {
    return repository(
        surroundings, named, false, installation, Optional.empty(), asking(surroundings, named));
  }

  /** The same, to be changed. */
  public static Opened repositoryToChange(Surroundings surroundings, String named) {
    return repository(surroundings, named, true, Optional.empty(), asking(surroundings, named));
  }

  private static UnaryOperator<@Nullable String> asking(Surroundings surroundings, String named) {
    return BareSecrets.asking(surroundings.variables(), surroundings, named);
  }

  /**
   * The same.
   *
   * @param toChange whether it is to be changed
   * @param kind of what kind it is to be if nothing is there; a {@code directory} unless said
   * @param variables the value of a variable of the environment, or null: for its secrets
   */
  static Opened repository(
      Surroundings surroundings,
      String named,
      boolean toChange,
      Optional<String> kind,
      UnaryOperator<@Nullable String> environment) {
    return repository(surroundings, named, toChange, Optional.empty(), kind, environment);
  }

  private static Opened repository(
      Surroundings surroundings,
      String named,
      boolean toChange,
      Optional<InstallationName> owner,
      Optional<String> kind,
      UnaryOperator<@Nullable String> environment) {
    UnaryOperator<@Nullable String> variables = BareSecrets.resolved(environment, surroundings);
    FileLayer all = PosixFileLayer.create();
    Kinds kinds = Kinds.onPath();
    Clock clock = surroundings.clock();
    var reader = new InstallationReader(kinds, all, clock, variables);
    if (!reader.isAddress(named) && AddressText.isLikely(named)) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "'"
              + named.substring(0, named.indexOf(':') + 1)
              + "' is no sort of storage that is known",
          "Known are rest: and s3:. A directory of such a name is written ./NAME.");
    }
    FilePath path =
        reader.isAddress(named)
            ? RemoteState.place(named, surroundings)
            : Paths.resolve(named, surroundings);
    boolean isAddress = reader.isAddress(named);
    FileLayer files =
        isAddress || toChange ? all : new ReadOnlyPart(all, path.resolve(RepositoryLayout.STATE));
    var within = new InstallationReader(kinds, files, clock, variables);
    Installation bare =
        isAddress ? within.ofRepository(named, path) : within.ofRepository(path, kind);
    Installation installation = owner.map(bare::named).orElse(bare);
    return open(
        files, clock, installation, kinds, path, false, Heeded.NOTHING, ServerSettings.DEFAULT);
  }

  private static Opened open(
      FileLayer files,
      Clock clock,
      Installation installation,
      Kinds kinds,
      FilePath origin,
      boolean configured,
      Heeded heeded,
      ServerSettings server) {
    var environment = new Environment(files, clock, new SecureRandom(), hostName(), Version.text());
    return new Opened(
        new Engine(environment, installation, kinds),
        environment,
        origin,
        configured,
        heeded,
        server);
  }

  /**
   * Undoes what a killed restore left behind, which every command does first. If that fails, lists
   * and checks still work, and whatever changes something tries again and says why not.
   *
   * <p>Not for a repository that was merely named: it may come from anywhere, and what it says of
   * an unfinished restore would be done to this machine.
   */
  public Opened recovered(RunMonitor monitor) {
    if (configured) {
      try {
        engine.recover(monitor);
      } catch (HoldfastException e) {
        monitor.tell(
            new RunEvent.Warning(
                Optional.empty(),
                "what an interrupted run left behind could not be ended: " + e.message()));
      }
    }
    return this;
  }

  public Installation installation() {
    return engine.installation();
  }

  @Override
  public void close() {
    engine.close();
  }

  /** The kernel's name for this machine; asking the JDK would ask the network. */
  public static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException notLinux) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown");
    }
  }
}
