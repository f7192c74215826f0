package io.holdfast.cli.command;

import io.holdfast.cli.local.Heeded;
import io.holdfast.cli.local.Opened;
import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.InstallationLock;
import io.holdfast.engine.installation.PlaceChecks;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks at an installation without changing anything. Used once. */
final class Examination {
  private final Opened opened;
  private final Installation installation;
  private final FileLayer files;
  private final List<Finding> server;
  private final Instant now;
  private final Findings findings = new Findings();

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
      findings.add("server", finding);
    }
    new RepositoryExamination(opened, findings, now).look();
    findings.step("leftovers", installation.state().toString(), this::leftovers);
    findings.step("lock", installation.state().toString(), this::lock);
    for (Component component : installation.components()) {
      findings.step("component", component.name().value(), () -> component(component));
    }
    return findings.all();
  }

  private void program() {
    Runtime.Version java = Runtime.version();
    findings.ok(
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
    findings.ok(
        "configuration",
        opened.origin().toString(),
        Formats.count(installation.components().size(), "component"));
    findings.step(
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
            findings.add(
                Severity.WARNING,
                "settings",
                state,
                "those of the server cannot be read: " + why,
                "Until they can be, 'holdfast backup' removes no older backup. A change of any"
                    + " setting writes the file anew."));
    List<String> stored = heeded.policy().inWords();
    if (!stored.isEmpty()) {
      findings.ok(
          "settings",
          state,
          "the server stored, and this goes before the file: " + String.join(", ", stored));
    }
    heeded
        .elsewhere()
        .ifPresent(path ->
            findings.add(
                Severity.WARNING,
                "settings",
                state,
                "the server was told to keep its backups in " + path,
                "Write that path into the configuration too, or 'holdfast settings reset path'."));
  }

  private void leftovers() throws IOException {
    boolean unfinished = opened.engine().isRestoreUnfinished();
    findings.add(
        unfinished ? Severity.WARNING : Severity.OK,
        "leftovers",
        installation.state().toString(),
        unfinished ? "a restore was interrupted" : "no interrupted restore",
        unfinished ? "Any other command rolls it back first, such as 'holdfast backup list'." : "");
  }

  private void lock() throws IOException {
    var lock = new InstallationLock(files, installation.state());
    if (files.find(installation.state()).isEmpty()) {
      findings.ok("lock", installation.state().toString(), "free");
      return;
    }
    Optional<FileLayer.HeldLock> free = lock.tryAcquire();
    if (free.isPresent()) {
      free.get().close();
      findings.ok("lock", installation.state().toString(), "free");
    } else {
      findings.add(
          Severity.WARNING,
          "lock",
          installation.state().toString(),
          "taken: " + lock.owner(),
          "Wait until that has ended.");
    }
  }

  private void component(Component component) throws IOException {
    List<Finding> remarks = component.handler().inspect();
    if (remarks.isEmpty()) {
      findings.ok("component", component.name().value(), "nothing to remark");
    }
    for (Finding finding : remarks) {
      findings.add(
          finding.severity(),
          "component",
          component.name() + ": " + finding.subject(),
          finding.message(),
          finding.guidance());
    }
  }
}
