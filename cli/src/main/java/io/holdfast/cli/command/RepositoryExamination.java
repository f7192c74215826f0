package io.holdfast.cli.command;

import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at the repository of an installation, and at what it needs. Used once. */
final class RepositoryExamination {
  private static final String AREA = "repository";

  /** How much more room than the newest backup took there should be for the next one. */
  private static final double ROOM = 1.5;

  private final Opened opened;
  private final Installation installation;
  private final FileLayer files;
  private final Findings findings;
  private final Instant now;
  private boolean isThere = true;

  /**
   * @param findings are told of everything
   */
  RepositoryExamination(Opened opened, Findings findings, Instant now) {
    this.opened = opened;
    this.installation = opened.installation();
    this.files = opened.environment().files();
    this.findings = findings;
    this.now = now;
  }

  void look() {
    String location = installation.repository().location();
    findings.step(AREA, location, this::place);
    boolean usable = secrets();
    // A storage that is elsewhere answers nobody whose credentials are missing, as was told.
    isThere &= usable || installation.repository().place().isPresent();
    if (isThere) {
      findings.step(AREA, location, this::made);
    }
    if (isThere && usable) {
      findings.step(AREA, location, this::backups);
    }
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
      notMade(place.toString());
    }
    if (existing.isText() && !Files.isWritable(Path.of(existing.toString()))) {
      findings.add(
          Severity.ERROR,
          AREA,
          place.toString(),
          existing + " may not be written",
          "Let the user that Holdfast runs as write there, or move the repository.");
    }
    space(files.space(files.resolveLinks(existing)), place);
  }

  /** Whether all secrets of the repository can be had; without them nothing is read there. */
  private boolean secrets() {
    List<Finding> found = installation.repository().inspect();
    found.forEach(finding -> findings.add(AREA, finding));
    return found.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  private void made() throws IOException {
    // Until it is known, nothing is looked for in it.
    isThere = false;
    if (installation.repository().isMade()) {
      isThere = true;
    } else {
      notMade(installation.repository().location());
    }
  }

  /** Before the first backup that is as it should be; after it, something is amiss. */
  private void notMade(String place) throws IOException {
    findings.add(AREA, notMade(opened, place));
  }

  /** What it means that a repository is not there. */
  static Finding notMade(Opened opened, String place) {
    return opened.engine().upkeep().isUsed()
        ? new Finding(
            Severity.ERROR,
            place,
            "does not exist, though it was used before",
            "Mount the file system that holds it: backups fail until then. If it is gone for good,"
                + " 'holdfast repository init' makes a new one.")
        : new Finding(
            Severity.OK,
            place,
            "does not exist yet",
            "'holdfast repository init' makes it, or else the first backup.");
  }

  private void space(FileLayer.Space space, FilePath place) {
    long expected = expected();
    String room = Formats.size(space.usable()) + " free of " + Formats.size(space.total());
    boolean enough = space.usable() >= expected * ROOM;
    findings.add(
        enough ? Severity.OK : Severity.WARNING,
        AREA,
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
    findings.add(
        newest.isPresent() ? Severity.OK : Severity.WARNING,
        AREA,
        location,
        Formats.count(entries.size(), "backup")
            + newest
                .map(manifest -> ", the newest complete one " + age(manifest))
                .orElse(", none complete"),
        newest.isPresent() ? "" : "'holdfast backup' makes one.");
    Neighbours.of(installation, opened.environment().host(), entries)
        .forEach(finding -> findings.add(AREA, finding));
    for (RepositoryProblem problem : installation.repository().checkStructure(new Cancellation())) {
      findings.add(
          Severity.ERROR,
          AREA,
          problem.run().map(run -> run + ": ").orElse("") + problem.subject(),
          problem.message(),
          "'holdfast repository check' reads everything and tells more.");
    }
  }

  private String age(Manifest manifest) {
    return Formats.age(manifest.receivedAt().orElse(manifest.startedAt()), now);
  }
}
