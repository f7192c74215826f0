package io.holdfast.cli.local;

import io.holdfast.cli.target.BackupListing;
import io.holdfast.cli.target.ComponentListing;
import io.holdfast.cli.target.ForeignTarget;
import io.holdfast.cli.target.SignatureReport;
import io.holdfast.cli.target.Target;
import io.holdfast.cli.target.Watch;
import io.holdfast.cli.terminal.Surroundings;
import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.repository.signature.ManifestSignature;
import io.holdfast.engine.repository.signature.SignatureCheck;
import io.holdfast.engine.repository.signature.VerifyingKey;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupJson;
import io.holdfast.server.document.BackupOrderJson;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.Documents;
import io.holdfast.server.document.RepositoryCheckJson;
import io.holdfast.server.document.RestoreJson;
import io.holdfast.server.document.RestoreOrderJson;
import io.holdfast.server.document.ValidationJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The installation on this machine, by the engine in this process. */
public final class LocalTarget implements Target {
  private final Opened opened;
  private final Engine engine;
  private final Surroundings surroundings;

  /** Takes over what was opened, and closes it. */
  public LocalTarget(Opened opened, Surroundings surroundings) {
    this.opened = opened;
    this.engine = opened.engine();
    this.surroundings = surroundings;
  }

  @Override
  public String repository() {
    return opened.installation().repository().location();
  }

  @Override
  public void recover(Watch watch) {
    try (var monitored = new Monitored(watch)) {
      var unused = opened.recovered(monitored.monitor());
    }
  }

  private static Trigger trigger(@Nullable String word) {
    return Arrays.stream(Trigger.values())
        .filter(known -> known.word().equals(word))
        .findFirst()
        .orElse(Trigger.MANUAL);
  }

  @Override
  public BackupCreateJson backUp(BackupOrderJson order, Watch watch) {
    var request =
        new BackupRequest(
            trigger(order.trigger()),
            names(order.components()),
            Optional.ofNullable(order.compression()).flatMap(Compression::ofWord));
    try (var monitored = new Monitored(watch)) {
      BackupOutcome outcome = engine.backup(request, monitored.monitor());
      var warnings = new ArrayList<>(outcome.warnings());
      opened
          .heeded()
          .unreadable()
          .ifPresent(why ->
              warnings.add(
                  "no older backup was removed, since the server's settings cannot be read: "
                      + why));
      return new BackupCreateJson(
          BackupCreateJson.SCHEMA,
          Documents.backup(outcome.manifest()),
          outcome.pruned().stream().map(RunId::value).toList(),
          warnings);
    }
  }

  @Override
  public BackupListing list(int limit) {
    return Listings.backups(repository(), engine.list(), limit, engine.unreadable());
  }

  @Override
  public BackupListing listFailed(int limit) {
    return Listings.backups(repository(), engine.listFailed(), limit, List.of());
  }

  @Override
  public String resolve(String id, List<String> components) {
    return engine.resolve(id, names(components)).value();
  }

  @Override
  public BackupJson show(String run) {
    return Documents.backup(engine.show(new RunId(run)));
  }

  @Override
  public Optional<BackupSummaryJson> find(String run) {
    return engine.list().stream()
        .filter(entry -> entry.runId().value().equals(run))
        .findFirst()
        .map(Documents::summary);
  }

  @Override
  public void delete(String run) {
    engine.delete(new RunId(run));
  }

  @Override
  public ValidationJson validate(String run, Watch watch) {
    try (var monitored = new Monitored(watch)) {
      List<RepositoryProblem> problems = engine.validate(new RunId(run), monitored.monitor());
      return new ValidationJson(
          run, problems.isEmpty(), problems.stream().map(Documents::problem).toList());
    }
  }

  @Override
  public RepositoryCheckJson check(boolean readData, Watch watch) {
    try (var monitored = new Monitored(watch)) {
      List<RepositoryProblem> problems = engine.upkeep().check(readData, monitored.monitor());
      int backups = engine.index().runs().size();
      return new RepositoryCheckJson(
          RepositoryCheckJson.SCHEMA,
          repository(),
          problems.isEmpty(),
          readData,
          backups,
          engine.foreign().list().size(),
          problems.stream().map(Documents::problem).toList());
    }
  }

  @Override
  public RestoreJson restore(RestoreOrderJson order, Watch watch) {
    var request =
        new RestoreRequest(
            new RunId(String.valueOf(order.backupId())),
            names(order.components()),
            Optional.ofNullable(order.destination()).map(to -> Paths.resolve(to, surroundings)),
            Boolean.TRUE.equals(order.dryRun()),
            Boolean.TRUE.equals(order.delta()));
    try (var monitored = new Monitored(watch)) {
      return Documents.restore(request, engine.restore(request, monitored.monitor()));
    }
  }

  @Override
  public SignatureReport signatures(String publicKey, long atLeast, Watch watch) {
    FilePath file = Paths.resolve(publicKey, surroundings);
    try (var monitored = new Monitored(watch)) {
      VerifyingKey key = VerifyingKey.read(opened.environment().files(), file);
      SignatureCheck.Report report =
          engine.upkeep().checkSignatures(key, atLeast, monitored.monitor());
      return new SignatureReport(
          report.problems().stream().map(Documents::problem).toList(),
          report.newest().map(ManifestSignature::number).orElse(0L),
          report.signed(),
          report.older());
    }
  }

  @Override
  public ForeignTarget foreign() {
    return new LocalForeign(engine.foreign(), surroundings);
  }

  @Override
  public ComponentListing components() {
    return Listings.components(opened.installation().components(), engine);
  }

  @Override
  public Map<String, List<String>> places() {
    var places = new LinkedHashMap<String, List<String>>();
    opened
        .installation()
        .components()
        .forEach(component -> places.put(component.name().value(), Listings.places(component)));
    return places;
  }

  @Override
  public void close() {
    opened.close();
  }

  private static List<ComponentName> names(@Nullable List<String> names) {
    return names == null ? List.of() : names.stream().map(ComponentName::new).toList();
  }
}
