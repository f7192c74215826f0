package io.holdfast.cli.command;

import io.holdfast.cli.local.Heeded;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.backup.Failures;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.InstallationLock;
import io.holdfast.engine.installation.PlaceChecks;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at an installation without changing anything. Used once. */
final class Examination {
  /** How much more room than the newest backup took there should be for the next one. */
  private static final double ROOM = 1.5;

  private final Opened opened;
  private final Installation installation;
  private final FileLayer files;
  private final List<Finding> server;
  private final Instant now;
  private final List<Result> results = new ArrayList<>();
  private boolean isThere = true;

  /**
   * One thing that was looked at.
   *
   * @param area {@code program}, {@code configuration}, {@code repository}, {@code component} …
   */
  record Result(String area, Finding finding) {}

  /**
   * @param server what was found of the server, in whose surroundings it is to be
   */
  Examination(Opened opened, List<Finding> server, Instant now) {
    this.server = server;
    this.opened = opened;
    this.installation = opened.installation();
    this.files = opened.environment().files();
    this.now = now;
  }

  /** Everything that was found, in the order in which it should be mended. */
  List<Result> results() {
    program();
    configuration();
    for (Finding finding : server) {
      results.add(new Result("server", finding));
    }
    step("repository", installation.repository().location(), this::place);
    if (isThere) {
      step("repository", installation.repository().location(), this::backups);
    }
    step("leftovers", installation.state().toString(), this::leftovers);
    step("lock", installation.state().toString(), this::lock);
    for (Component component : installation.components()) {
      step("component", component.name().value(), () -> component(component));
    }
    return List.copyOf(results);
  }

  private void program() {
    Runtime.Version java = Runtime.version();
    ok(
        "program",
        "holdfast " + opened.environment().softwareVersion(),
        "Java "
            + java
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch"));
  }

  private void configuration() {
    ok(
        "configuration",
        opened.origin().toString(),
        Formats.count(installation.components().size(), "component"));
    step(
        "configuration",
        opened.origin().toString(),
        () -> new PlaceChecks(files).check(installation));
    stored();
  }

  /** What the server's settings change of what the file says. */
  private void stored() {
    String state = installation.state().toString();
    Heeded heeded = opened.heeded();
    heeded
        .unreadable()
        .ifPresent(why ->
            add(
                Severity.WARNING,
                "settings",
                state,
                "those of the server cannot be read: " + why,
                "Until they can be, 'holdfast backup' removes no older backup. A change of any"
                    + " setting writes the file anew."));
    List<String> stored = heeded.policy().inWords();
    if (!stored.isEmpty()) {
      ok(
          "settings",
          state,
          "the server stored, and this goes before the file: " + String.join(", ", stored));
    }
    heeded
        .elsewhere()
        .ifPresent(path ->
            add(
                Severity.WARNING,
                "settings",
                state,
                "the server was told to keep its backups in " + path,
                "Write that path into the configuration too, or 'holdfast settings reset path'."));
  }

  private void place() throws IOException {
    Optional<FilePath> own = installation.repository().place();
    if (own.isEmpty()) {
      return;
    }
    FilePath place = own.get();
    FilePath existing = place;
    while (files.find(existing).isEmpty() && existing.length() > 1) {
      existing = existing.parent();
    }
    isThere = existing.equals(place);
    if (!isThere) {
      add(
          Severity.WARNING,
          "repository",
          place.toString(),
          "does not exist yet",
          "The first backup creates it.");
    }
    if (existing.isText() && !Files.isWritable(Path.of(existing.toString()))) {
      add(
          Severity.ERROR,
          "repository",
          place.toString(),
          existing + " may not be written",
          "Let the user that Holdfast runs as write there, or move the repository.");
    }
    space(files.space(files.resolveLinks(existing)), place);
  }

  private void space(FileLayer.Space space, FilePath place) {
    long expected = expected();
    String room = Formats.size(space.usable()) + " free of " + Formats.size(space.total());
    boolean enough = space.usable() >= expected * ROOM;
    add(
        enough ? Severity.OK : Severity.WARNING,
        "repository",
        place.toString(),
        enough ? room : room + ", and the newest backup took " + Formats.size(expected),
        enough ? "" : "Make room, or keep fewer backups (backup.retention).");
  }

  private long expected() {
    try {
      return opened.engine().list().stream()
          .filter(entry ->
              !(entry instanceof BackupEntry.Readable(var manifest, long stored))
                  || installation.owns(manifest))
          .limit(1)
          .mapToLong(entry ->
              entry instanceof BackupEntry.Readable(var manifest, long stored) && stored < 0
                  ? manifest.sizeBytes()
                  : entry.storedBytes())
          .sum();
    } catch (HoldfastException told) {
      return 0;
    }
  }

  private void backups() throws IOException {
    List<BackupEntry> entries = opened.engine().list();
    String location = installation.repository().location();
    Optional<Manifest> newest =
        entries.stream()
            .filter(BackupEntry.Readable.class::isInstance)
            .map(entry -> ((BackupEntry.Readable) entry).manifest())
            .filter(installation::owns)
            .filter(manifest -> manifest.status() == RunStatus.COMPLETED)
            .filter(manifest -> !manifest.isSafetyBackup())
            .findFirst();
    add(
        newest.isPresent() ? Severity.OK : Severity.WARNING,
        "repository",
        location,
        Formats.count(entries.size(), "backup")
            + newest
                .map(manifest -> ", the newest complete one " + age(manifest))
                .orElse(", none complete"),
        newest.isPresent() ? "" : "'holdfast backup' makes one.");
    Neighbours.of(installation, opened.environment().host(), entries).forEach(this::add);
    for (RepositoryProblem problem : installation.repository().checkStructure(new Cancellation())) {
      add(
          Severity.ERROR,
          "repository",
          problem.run().map(run -> run + ": ").orElse("") + problem.subject(),
          problem.message(),
          "'holdfast repository check' reads everything and tells more.");
    }
  }

  private void add(Finding finding) {
    results.add(new Result("repository", finding));
  }

  private String age(Manifest manifest) {
    return Formats.age(manifest.receivedAt().orElse(manifest.startedAt()), now);
  }

  private void leftovers() throws IOException {
    boolean unfinished = opened.engine().isRestoreUnfinished();
    add(
        unfinished ? Severity.WARNING : Severity.OK,
        "leftovers",
        installation.state().toString(),
        unfinished ? "a restore was interrupted" : "no interrupted restore",
        unfinished ? "Any other command rolls it back first, such as 'holdfast backup list'." : "");
  }

  private void lock() throws IOException {
    var lock = new InstallationLock(files, installation.state());
    if (files.find(installation.state()).isEmpty()) {
      ok("lock", installation.state().toString(), "free");
      return;
    }
    Optional<FileLayer.HeldLock> free = lock.tryAcquire();
    if (free.isPresent()) {
      free.get().close();
      ok("lock", installation.state().toString(), "free");
    } else {
      add(
          Severity.WARNING,
          "lock",
          installation.state().toString(),
          "taken: " + lock.owner(),
          "Wait until that has ended.");
    }
  }

  private void component(Component component) throws IOException {
    List<Finding> findings = component.handler().inspect();
    if (findings.isEmpty()) {
      ok("component", component.name().value(), "nothing to remark");
    }
    for (Finding finding : findings) {
      add(
          finding.severity(),
          "component",
          component.name() + ": " + finding.subject(),
          finding.message(),
          finding.guidance());
    }
  }

  /** Takes a step whose failure is itself a finding. */
  private void step(String area, String subject, Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException thrown) {
      HoldfastException error = Failures.of(subject, thrown);
      // One line tells one thing.
      error
          .message()
          .lines()
          .forEach(line -> add(Severity.ERROR, area, subject, line, error.guidance()));
    }
  }

  private void ok(String area, String subject, String message) {
    add(Severity.OK, area, subject, message, "");
  }

  private void add(
      Severity severity, String area, String subject, String message, String guidance) {
    results.add(new Result(area, new Finding(severity, subject, message, guidance)));
  }

  private interface Step {
    void run() throws IOException;
  }
}
