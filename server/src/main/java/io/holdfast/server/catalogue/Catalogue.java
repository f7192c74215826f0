package io.holdfast.server.catalogue;

import io.holdfast.engine.Engine;
import io.holdfast.engine.component.Component;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.BackupIndex;
import io.holdfast.engine.run.BackupId;
import io.holdfast.engine.run.InstallationName;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.server.document.BackupSummaryJson;
import io.holdfast.server.document.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows the published backups, and reads of each only what a page shows of it, once. What others do
 * to the repository meanwhile, a command line or an {@code rm}, shows with the next request.
 * Thread-safe.
 */
public final class Catalogue {
  private static final Set<String> PUBLISHED =
      Set.of(RunStatus.COMPLETED.word(), RunStatus.PARTIAL.word());

  private final Engine engine;
  private final Map<RunId, Known> known = new ConcurrentHashMap<>();

  /** Outlives a manifest that is damaged later: whoever knows the id is told so. */
  private final Map<String, RunId> ids = new ConcurrentHashMap<>();

  private volatile @Nullable BackupIndex index;

  /**
   * Names of components that can be restored, each combination once: nearly all backups have the
   * same. Kept when the last backup that has one is gone, since there are few.
   */
  private final Map<Set<String>, Set<String>> combinations = new ConcurrentHashMap<>();

  /** Names of components as summaries list them, likewise. */
  private final Map<List<String>, List<String>> listed = new ConcurrentHashMap<>();

  private record Known(String version, BackupSummaryJson summary, Set<String> restorable) {}

  /**
   * A page.
   *
   * @param backups newest first
   * @param next where the next page begins: after this run; empty if there is none
   */
  public record Page(List<BackupSummaryJson> backups, Optional<RunId> next) {}

  /** Reads nothing yet. */
  public Catalogue(Engine engine) {
    this.engine = engine;
  }

  /**
   * Backups, newest first over all that there are.
   *
   * @param after only those after this run, which need not be there any more; empty to begin
   * @param limit at most so many, 1 or more
   */
  public Page page(Optional<RunId> after, int limit) {
    BackupIndex current = current();
    List<RunId> runs = current.runs();
    int from = after.map(run -> firstAfter(runs, run)).orElse(0);
    int to = Math.min(runs.size(), from + limit);
    var backups = new ArrayList<BackupSummaryJson>(to - from);
    for (RunId run : runs.subList(from, to)) {
      backups.add(summary(current, run));
    }
    return new Page(
        backups, to < runs.size() && to > from ? Optional.of(runs.get(to - 1)) : Optional.empty());
  }

  /**
   * What may be backups too, and is too damaged to tell which, nor how old it is: it stands before
   * all others, so that nobody thinks it gone.
   */
  public List<BackupSummaryJson> unreadable() {
    return current().unreadable().stream().map(Documents::summary).toList();
  }

  /** Whether a backup is one of this installation, rather than of another in the repository. */
  public boolean isOwn(BackupSummaryJson backup) {
    return Objects.equals(
        backup.installation(),
        engine.installation().name().map(InstallationName::value).orElse(null));
  }

  /** All backups, newest first. */
  public List<BackupSummaryJson> all() {
    BackupIndex current = current();
    return current.runs().stream().map(run -> summary(current, run)).toList();
  }

  /**
   * The components that can be restored from a backup; those that failed in it are none. Reads
   * nothing: empty for a backup that no page or lookup came across.
   */
  public Set<String> restorable(RunId run) {
    Known backup = known.get(run);
    return backup == null ? Set.of() : backup.restorable();
  }

  /**
   * The newest backup that counts as a success: it was published and holds every critical component
   * of the configuration. One that lacks an optional component does; one of named components does
   * not; nor does the one that a restore took first.
   *
   * @param among the newest so many are looked at
   */
  public Optional<BackupSummaryJson> newestSuccess(int among) {
    Set<String> critical =
        engine.installation().components().stream()
            .filter(Component::critical)
            .map(component -> component.name().value())
            .collect(Collectors.toSet());
    return page(Optional.empty(), among).backups().stream()
        .filter(this::isOwn)
        .filter(backup -> backup.safetyFor() == null && PUBLISHED.contains(backup.status()))
        .filter(backup -> restorable(backup.run()).containsAll(critical))
        .findFirst();
  }

  /** How many backups there are. */
  public int size() {
    return current().runs().size();
  }

  /**
   * The run that a text names: a run id, a backup id, or {@code latest}.
   *
   * @throws HoldfastException {@code BACKUP_NOT_FOUND}, also for a text that is no identifier
   */
  public RunId resolve(String id) {
    if (RunId.isRunId(id)) {
      return new RunId(id);
    }
    if (id.equals("latest")) {
      return engine.resolve(id);
    }
    if (BackupId.isBackupId(id)) {
      BackupIndex current = current();
      RunId before = ids.get(id);
      if (before != null && contains(current.runs(), before)) {
        return before;
      }
      // Newest first: what somebody has just made is what he asks for.
      for (RunId run : current.runs()) {
        if (id.equals(summary(current, run).backupId())) {
          return run;
        }
      }
    }
    throw new HoldfastException(
        ErrorCode.BACKUP_NOT_FOUND, "there is no backup of that name", "List the backups.");
  }

  /** Reads what is not known yet, so that the first who asks does not wait for it. */
  public void warm() {
    BackupIndex current = current();
    current.runs().forEach(run -> summary(current, run));
  }

  private BackupIndex current() {
    try {
      BackupIndex now = index;
      if (now == null || !now.isCurrent()) {
        now = engine.index();
        index = now;
        List<RunId> runs = now.runs();
        known.keySet().removeIf(run -> !contains(runs, run));
        ids.values().removeIf(run -> !contains(runs, run));
      }
      return now;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BackupSummaryJson summary(BackupIndex current, RunId run) {
    try {
      String version = current.version(run);
      Known before = known.get(run);
      if (before != null && before.version().equals(version)) {
        return before.summary();
      }
      BackupEntry entry = current.entry(run);
      BackupSummaryJson summary = sharing(Documents.summary(entry));
      if (entry instanceof BackupEntry.Corrupt) {
        // Looked at anew each time: what its storage did meanwhile may only have looked like
        // damage.
        known.remove(run);
        return summary;
      }
      known.put(run, new Known(version, summary, once(combinations, restorable(entry))));
      if (summary.backupId() != null) {
        ids.put(summary.backupId(), run);
      }
      return summary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BackupSummaryJson sharing(BackupSummaryJson summary) {
    List<String> components = summary.components();
    return components == null ? summary : summary.withComponents(once(listed, components));
  }

  private static <T> T once(Map<T, T> known, T value) {
    T first = known.putIfAbsent(value, value);
    return first == null ? value : first;
  }

  private static Set<String> restorable(BackupEntry entry) {
    return switch (entry) {
      case BackupEntry.Readable readable ->
          readable.manifest().components().stream()
              .filter(ComponentRecord::isRestorable)
              .map(component -> component.name().value())
              .collect(Collectors.toUnmodifiableSet());
      case BackupEntry.Corrupt _ -> Set.of();
    };
  }

  private static boolean contains(List<RunId> newestFirst, RunId run) {
    return Collections.binarySearch(newestFirst, run, Comparator.reverseOrder()) >= 0;
  }

  private static int firstAfter(List<RunId> newestFirst, RunId run) {
    int at = Collections.binarySearch(newestFirst, run, Comparator.reverseOrder());
    return at >= 0 ? at + 1 : -at - 1;
  }
}
