package io.holdfast.cli.local;

import io.holdfast.cli.target.BackupListing;
import io.holdfast.cli.target.ComponentListing;
import io.holdfast.cli.target.ListedBackup;
import io.holdfast.cli.target.ListedComponent;
import io.holdfast.engine.Engine;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.server.document.Documents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists of what the engine knows. */
final class Listings {
  private Listings() {}

  /**
   * @param unreadable what may be backups too
   */
  static BackupListing backups(
      String repository, List<BackupEntry> entries, int limit, List<RepositoryProblem> unreadable) {
    List<BackupEntry> shown = limit == 0 ? entries : entries.stream().limit(limit).toList();
    return new BackupListing(
        repository,
        Stream.concat(
                unreadable.stream().map(Documents::summary).map(ListedBackup::unreadable),
                shown.stream().map(Listings::backup))
            .toList(),
        entries.size() + unreadable.size());
  }

  private static ListedBackup backup(BackupEntry entry) {
    return switch (entry) {
      case BackupEntry.Readable(var manifest, long stored) ->
          new ListedBackup(Documents.summary(entry), () -> held(manifest), () -> why(manifest));
      case BackupEntry.Corrupt corrupt ->
          new ListedBackup(Documents.summary(entry), List::of, () -> Optional.of(corrupt.reason()));
    };
  }

  private static List<String> held(Manifest manifest) {
    return manifest.components().stream()
        .filter(ComponentRecord::isRestorable)
        .map(component -> component.name().value())
        .toList();
  }

  private static Optional<String> why(Manifest manifest) {
    return manifest.cause().map(ComponentRecord.Failure::message);
  }

  static ComponentListing components(List<Component> components, Engine engine) {
    var warnings = new ArrayList<String>();
    Map<ComponentName, Manifest> newest = newest(engine, warnings);
    return new ComponentListing(
        components.stream()
            .map(component ->
                component(component, Optional.ofNullable(newest.get(component.name()))))
            .toList(),
        warnings);
  }

  private static ListedComponent component(Component component, Optional<Manifest> newest) {
    return new ListedComponent(
        Documents.component(component, newest, Optional.empty()),
        newest.map(Manifest::startedAt),
        places(component));
  }

  static List<String> places(Component component) {
    return component.handler().places().stream().map(FilePath::toString).toList();
  }

  /** The newest backup that holds each component; nothing where the repository is away. */
  private static Map<ComponentName, Manifest> newest(Engine engine, List<String> warnings) {
    Map<ComponentName, Manifest> newest = new HashMap<>();
    try {
      for (BackupEntry entry : engine.list()) {
        if (entry instanceof BackupEntry.Readable(var manifest, long stored)
            && engine.installation().owns(manifest)
            && !manifest.isSafetyBackup()) {
          manifest.components().stream()
              .filter(ComponentRecord::isRestorable)
              .forEach(component -> newest.putIfAbsent(component.name(), manifest));
        }
      }
    } catch (HoldfastException unavailable) {
      warnings.add(unavailable.message());
    }
    return newest;
  }
}
