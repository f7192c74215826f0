package io.holdfast.cli.command;

import io.holdfast.cli.terminal.Formats;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What becomes of backups of others in the same repository. Pure. */
final class Neighbours {
  private static final String PATH = "path";

  private Neighbours() {}

  /**
   * What there is to remark.
   *
   * @param host the name of this machine
   * @param entries all backups of the repository
   */
  static List<Finding> of(Installation installation, String host, List<BackupEntry> entries) {
    List<Manifest> nameless =
        entries.stream()
            .filter(BackupEntry.Readable.class::isInstance)
            .map(entry -> ((BackupEntry.Readable) entry).manifest())
            .filter(manifest -> manifest.installation().isEmpty())
            .toList();
    return (installation.name().isEmpty()
            ? mixed(installation, host, nameless)
            : leftBehind(installation, host, nameless))
        .stream().toList();
  }

  /** Nothing tells these from the own ones: retention of either machine removes both. */
  private static Optional<Finding> mixed(
      Installation installation, String host, List<Manifest> nameless) {
    Set<String> own =
        installation.components().stream()
            .map(Component::name)
            .map(Object::toString)
            .collect(Collectors.toSet());
    var hosts = new TreeSet<String>();
    var names = new TreeSet<String>();
    for (Manifest manifest : nameless) {
      if (!manifest.host().equals(host)) {
        for (ComponentRecord component : manifest.components()) {
          if (own.contains(component.name().value())) {
            hosts.add(manifest.host());
            names.add(component.name().value());
          }
        }
      }
    }
    return hosts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Severity.WARNING,
                installation.repository().location(),
                "it holds backups of "
                    + String.join(", ", names)
                    + " from "
                    + String.join(", ", new ArrayList<>(hosts))
                    + " too, and nothing tells them from those of this machine: retention counts and"
                    + " removes both, and 'latest' may be either",
                "If several machines back up into it, give each a name of its own:"
                    + " backup.installation. If this machine only was renamed, nothing is wrong."));
  }

  /** Whether it holds what this installation protects; another one on this machine does not. */
  private static boolean isOf(Installation installation, Manifest manifest) {
    return manifest.components().stream()
        .anyMatch(record ->
            installation
                .component(record.name())
                .filter(own -> own.kind().equals(record.kind()))
                .filter(own -> isSame(own.handler().source(), record.source()))
                .isPresent());
  }

  /** Options may have changed since; the place has not. */
  private static boolean isSame(Map<String, String> one, Map<String, String> other) {
    return one.equals(other)
        || (one.containsKey(PATH) && Objects.equals(one.get(PATH), other.get(PATH)));
  }

  private static Optional<Finding> leftBehind(
      Installation installation, String host, List<Manifest> nameless) {
    long count =
        nameless.stream()
            .filter(manifest -> manifest.host().equals(host))
            .filter(manifest -> isOf(installation, manifest))
            .count();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Finding(
                Severity.WARNING,
                installation.repository().location(),
                Formats.count(count, "backup")
                    + " of this machine "
                    + (count == 1 ? "is" : "are")
                    + " from before it had the name "
                    + installation.name().orElseThrow()
                    + ": retention leaves "
                    + (count == 1 ? "it" : "them")
                    + " alone",
                "Delete with 'holdfast backup delete' what nobody needs any more."));
  }
}
