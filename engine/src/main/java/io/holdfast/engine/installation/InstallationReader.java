package io.holdfast.engine.installation;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentKind;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.component.MissingSource;
import io.holdfast.engine.configuration.Likeness;
import io.holdfast.engine.configuration.Problem;
import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.engine.repository.RepositoryKind;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import io.holdfast.engine.repository.signature.SigningRepository;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.engine.run.InstallationName;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads an installation from its configuration. What the keys mean stands in docs/configuration.md,
 * which a test holds to this class.
 *
 * <p>Binding touches nothing but the configuration file: whether sources exist, and whether places
 * lie inside one another, is looked at later.
 */
public final class InstallationReader {
  private static final String DIRECTORY = "directory";

  private static final int MOST_PARALLEL = 64;

  private final Kinds kinds;
  private final FileLayer files;
  private final Clock clock;
  private final UnaryOperator<@Nullable String> variables;

  /** One for repositories that need no secrets. */
  public InstallationReader(Kinds kinds, FileLayer files, Clock clock) {
    this(kinds, files, clock, none -> null);
  }

  /**
   * @param variables the value of a variable of the environment, or null: for the secrets of a
   *     repository
   */
  public InstallationReader(
      Kinds kinds, FileLayer files, Clock clock, UnaryOperator<@Nullable String> variables) {
    this.kinds = kinds;
    this.files = files;
    this.clock = clock;
    this.variables = variables;
  }

  /**
   * The installation that a file describes.
   *
   * @param home what {@code ~} in it stands for, if the user has a home
   * @throws HoldfastException {@code CONFIGURATION_INVALID} that tells every problem at once
   */
  public Installation read(FilePath file, Optional<FilePath> home) {
    return bind(SettingsDocument.read(file, files, home));
  }

  /** The installation that a document describes; ends the document. */
  public Installation bind(SettingsDocument document) {
    return bind(document, root -> passOver(root.section("server")));
  }

  /**
   * The same, where others read what else the document holds.
   *
   * @param others given the root before the document ends, to ask for the keys that are theirs
   */
  public Installation bind(SettingsDocument document, Consumer<Settings> others) {
    return bind(document, others, List.of());
  }

  /**
   * The same, with components that an application knows besides.
   *
   * @param further none of them may have the name of one in the document
   */
  public Installation bind(
      SettingsDocument document, Consumer<Settings> others, List<Component> further) {
    Settings root = document.settings();
    others.accept(root);
    if (!root.has("backup")) {
      root.problem("backup", "nothing", "a mapping that says where backups go: path: /some/where");
    }
    Settings backup = root.section("backup");
    Optional<InstallationName> name = name(backup);
    Optional<FilePath> state = root.has("backup") ? state(backup) : Optional.empty();
    Optional<Repository> repository =
        root.has("backup") ? repository(backup, state) : Optional.empty();
    // Asked last: a repository that has no place at all was told already.
    if (state.isEmpty() && document.problems().isEmpty()) {
      backup.problem("state", "nothing", "a directory on this machine for locks and journals");
    }
    Compression compression = compression(backup);
    RetentionPolicy retention = retention(backup.section("retention"));
    Duration timeout = backup.duration("timeout", Installation.DEFAULT_TIMEOUT);
    Automation automation = AutomationReader.read(backup);
    int parallelism = backup.number("parallelism", defaultParallelism(), 1, MOST_PARALLEL);
    List<Component> components = components(root, document, further);
    document.done();
    return new Installation(
        name,
        repository.orElseThrow(),
        state.orElseThrow(),
        components,
        compression,
        retention,
        timeout,
        parallelism,
        automation);
  }

  /**
   * An installation without components around a repository: enough to list, check and restore
   * elsewhere, when nothing but the repository is left. Of what kind it is, is looked at; where
   * nothing is, it counts as a {@code directory}.
   */
  public Installation ofRepository(FilePath path) {
    return ofRepository(path, Optional.empty());
  }

  /**
   * The same, where one may be about to be made.
   *
   * @param otherwise the kind to take where nothing is, in place of {@code directory}
   * @throws HoldfastException {@code USAGE} if there is no such kind
   */
  public Installation ofRepository(FilePath path, Optional<String> otherwise) {
    RepositoryKind kind = kindAt(path, otherwise);
    return bare(
        kind,
        SettingsDocument.of("repository " + path, kind.bareSettings(path, variables)),
        path.resolve(RepositoryLayout.STATE));
  }

  /** Whether a text that names a repository is an address, rather than a path. */
  public boolean isAddress(String text) {
    return kinds.repositoryOf(text).isPresent();
  }

  /**
   * The same for a repository that is not on this machine.
   *
   * @param address one of which {@link #isAddress} is true
   * @param state a directory on this machine, which need not be there yet
   */
  public Installation ofRepository(String address, FilePath state) {
    RepositoryKind kind =
        kinds
            .repositoryOf(address)
            .orElseThrow(() -> new IllegalArgumentException("not an address"));
    return bare(
        kind, SettingsDocument.of("the repository", kind.bareSettings(address, variables)), state);
  }

  private Installation bare(RepositoryKind kind, SettingsDocument document, FilePath state) {
    Repository repository = kind.repository(document.settings(), context(state));
    document.done();
    return new Installation(
        Optional.empty(),
        repository,
        state,
        List.of(),
        Compression.ZSTD,
        RetentionPolicy.KEEP_ALL,
        Installation.DEFAULT_TIMEOUT,
        defaultParallelism(),
        Automation.DEFAULT);
  }

  private RepositoryKind kindAt(FilePath path, Optional<String> otherwise) {
    Optional<RepositoryKind> named = otherwise.map(this::kind);
    for (String name : kinds.repositoryNames()) {
      Optional<RepositoryKind> kind = kinds.repository(name);
      try {
        if (kind.isPresent() && kind.get().isAt(path, files)) {
          return kind.get();
        }
      } catch (IOException unreachable) {
        // Whoever uses the repository is told.
      }
    }
    if (named.isPresent()) {
      return named.get();
    }
    return kinds
        .repository(DIRECTORY)
        .orElseThrow(() ->
            new HoldfastException(
                ErrorCode.INTERNAL, "the repository kind 'directory' is missing", ""));
  }

  private RepositoryKind kind(String name) {
    return kinds
        .repository(name)
        .orElseThrow(() ->
            new HoldfastException(
                ErrorCode.USAGE,
                "there is no kind of repository called " + Problem.quoted(name),
                "Name one of " + String.join(", ", kinds.repositoryNames()) + "."));
  }

  /**
   * The repository of an installation whose configuration would name another path. All that the
   * document says of the repository besides counts for it, and the path is held to the same rules.
   *
   * @param document was bound before
   * @param origin where the path comes from, for people
   * @throws HoldfastException {@code CONFIGURATION_INVALID} if it is no path, or if the document's
   *     repository is of a kind other than {@code directory}, whose place is not a path alone
   */
  public Repository repositoryAt(SettingsDocument document, String origin, String path) {
    SettingsDocument moved = document.with(origin, "backup", "path", path);
    Settings backup = moved.settings().section("backup");
    String kind = backup.optionalText("repository").orElse(DIRECTORY);
    if (!kind.equals(DIRECTORY)) {
      backup.problem("path", Problem.quoted(path), "nothing, for a repository of kind " + kind);
    }
    Optional<Repository> repository = repository(backup, state(backup));
    moved.done();
    return repository.orElseThrow();
  }

  private RepositoryContext context(FilePath state) {
    return new RepositoryContext(files, clock, state, variables);
  }

  private Optional<Repository> repository(Settings backup, Optional<FilePath> state) {
    String name = backup.has("repository") ? backup.text("repository") : DIRECTORY;
    Optional<RepositoryKind> kind = kinds.repository(name);
    if (kind.isEmpty()) {
      backup.problem(
          "repository", Problem.quoted(name), Likeness.oneOf(name, kinds.repositoryNames()));
      passOver(backup);
      return Optional.empty();
    }
    backup
        .optionalPath("path")
        // Only what is a text at all: that it is none is told already.
        .flatMap(path -> backup.optionalText("path"))
        .filter(AddressText::isLikely)
        .ifPresent(address ->
            backup.problem(
                "path",
                Problem.quoted(address),
                "a directory (an address stands in 'url', and ./NAME is a file of such a name)"));
    // Without a state a problem was reported, and nothing will come of this.
    FilePath kept = state.orElse(FilePath.of("/nowhere"));
    Repository repository = kind.get().repository(backup, context(kept));
    return Optional.of(
        backup
            .optionalPath("signing_key_file")
            .<Repository>map(key ->
                new SigningRepository(
                    repository, name(backup), files, kept, key, clock, new SecureRandom()))
            .orElse(repository));
  }

  private static Optional<InstallationName> name(Settings backup) {
    Optional<String> written = backup.optionalText("installation");
    Optional<InstallationName> name =
        written.filter(InstallationName::isInstallationName).map(InstallationName::new);
    if (written.isPresent() && name.isEmpty()) {
      backup.problem("installation", Problem.quoted(written.get()), InstallationName.ALLOWED);
    }
    return name;
  }

  /** Empty where neither it nor a path is there. */
  private static Optional<FilePath> state(Settings backup) {
    return backup.has("state")
        ? backup.optionalPath("state")
        : backup.optionalPath("path").map(path -> path.resolve(RepositoryLayout.STATE));
  }

  private static Compression compression(Settings backup) {
    if (!backup.has("compression")) {
      return Compression.ZSTD;
    }
    String written = backup.optionalText("compression").orElse("true");
    Optional<Compression> compression =
        switch (written) {
          case "true" -> Optional.of(Compression.ZSTD);
          case "false" -> Optional.of(Compression.NONE);
          default -> Compression.ofWord(written);
        };
    if (compression.isEmpty()) {
      backup.problem(
          "compression",
          Problem.quoted(written),
          "true (zstd), false (none), " + Likeness.oneOf(written, Compression.words()));
    }
    return compression.orElse(Compression.ZSTD);
  }

  private static RetentionPolicy retention(Settings retention) {
    RetentionPolicy otherwise = RetentionPolicy.DEFAULT;
    return new RetentionPolicy(
        retention.number("max_count", otherwise.maxCount(), 0, 1000),
        retention.number("max_age_days", otherwise.maxAgeDays(), 0, 3650),
        retention.number("keep_daily", otherwise.keepDaily(), 0, 1000),
        retention.number("keep_weekly", otherwise.keepWeekly(), 0, 1000),
        retention.number("keep_monthly", otherwise.keepMonthly(), 0, 1000),
        retention.number("keep_yearly", otherwise.keepYearly(), 0, 1000));
  }

  private List<Component> components(
      Settings root, SettingsDocument document, List<Component> further) {
    int before = document.problems().size();
    Settings section = root.section("components");
    if (section.keys().isEmpty() && further.isEmpty() && document.problems().size() == before) {
      root.problem(
          "components", "nothing", "at least one component: a name, and below it kind: and path:");
    }
    var components = new ArrayList<Component>(further);
    for (String name : section.keys()) {
      Settings settings = section.section(name);
      if (further.stream().anyMatch(known -> known.name().value().equals(name))) {
        section.problem(
            name,
            "the name " + Problem.quoted(name) + ", which the application gave to another",
            "a name of its own");
      }
      if (ComponentName.isComponentName(name)) {
        component(new ComponentName(name), settings).ifPresent(components::add);
      } else {
        passOver(settings);
        section.problem(name, "the name " + Problem.quoted(name), ComponentName.FORM_IN_WORDS);
      }
    }
    return components;
  }

  private Optional<Component> component(ComponentName name, Settings settings) {
    boolean critical = settings.flag("critical", true);
    Optional<String> group = settings.optionalText("group");
    if (group.isPresent() && !ComponentName.isComponentName(group.get())) {
      settings.problem("group", Problem.quoted(group.get()), ComponentName.FORM_IN_WORDS);
    }
    MissingSource missing = settings.choice("missing", MissingSource.class, MissingSource.FAIL);
    Duration timeout = settings.duration("timeout", Component.DEFAULT_TIMEOUT);
    if (!settings.has("kind")) {
      settings.problem("kind", "nothing", "one of " + String.join(", ", kinds.componentNames()));
    }
    String kind = settings.optionalText("kind").orElse("");
    Optional<ComponentKind> known = kinds.component(kind);
    if (known.isEmpty()) {
      if (!kind.isEmpty()) {
        settings.problem(
            "kind", Problem.quoted(kind), Likeness.oneOf(kind, kinds.componentNames()));
      }
      passOver(settings);
      return Optional.empty();
    }
    ComponentHandler handler = known.get().handler(settings, files);
    return Optional.of(new Component(name, kind, critical, group, missing, timeout, handler));
  }

  /** Which keys an unknown kind would have is not known, so that none of them is a problem. */
  private static void passOver(Settings settings) {
    settings.keys().forEach(settings::has);
  }

  private static int defaultParallelism() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_PARALLEL);
  }
}
