package io.holdfast.engine.restore;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.repository.BackupReader;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Compares every byte that a restore will use with the manifest (P5): before anything else where
 * there is live state; where there is none, as the bytes are staged, so that what was lost is back
 * after one reading and not after two; and so for a delta, which reads only what differs. Nothing
 * is committed before all of it was compared, either way.
 */
final class RestoreVerification {
  private final RestoreRequest request;
  private final List<Component> components;
  private final RunMonitor monitor;
  private final Cancellation cancellation;
  private final boolean whileStaging;

  private RestoreVerification(
      RestoreRequest request,
      List<Component> components,
      RunMonitor monitor,
      Cancellation cancellation,
      boolean whileStaging) {
    this.request = request;
    this.components = components;
    this.monitor = monitor;
    this.cancellation = cancellation;
    this.whileStaging = whileStaging;
  }

  static RestoreVerification of(
      FileLayer files,
      RestoreRequest request,
      List<Component> components,
      RunMonitor monitor,
      Cancellation cancellation)
      throws IOException {
    boolean whileStaging =
        request.destination().isPresent() || request.delta() || allLost(files, components);
    return new RestoreVerification(request, components, monitor, cancellation, whileStaging);
  }

  /** State of which Holdfast does not know where it lives is taken to be there. */
  private static boolean allLost(FileLayer files, List<Component> components) throws IOException {
    for (Component component : components) {
      List<FilePath> places = component.handler().places();
      if (places.isEmpty()) {
        return false;
      }
      for (FilePath place : places) {
        if (files.find(place).isPresent()) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Before anything is made: the backup's own files, and all that will be used unless staging
   * compares it.
   *
   * @throws HoldfastException of the kind {@code CORRUPT}, saying what is damaged
   */
  void begin(BackupReader reader) throws IOException {
    List<RepositoryProblem> problems =
        whileStaging ? reader.verify(List.of(), cancellation, bytes -> {}) : everything(reader);
    if (!problems.isEmpty()) {
      throw damaged(problems);
    }
  }

  /**
   * What to tell when staging failed: where it met the first damage, all that there is. A reading
   * that now finds nothing wrong leaves the failure as it was.
   */
  HoldfastException explained(BackupReader reader, HoldfastException failure) {
    if (!whileStaging || failure.code().kind() != ErrorCode.Kind.CORRUPT) {
      return failure;
    }
    try {
      List<RepositoryProblem> problems = everything(reader);
      if (problems.isEmpty()) {
        return failure;
      }
      HoldfastException damaged = damaged(problems);
      damaged.addSuppressed(failure);
      return damaged;
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
      return failure;
    }
  }

  private List<RepositoryProblem> everything(BackupReader reader) throws IOException {
    List<ComponentName> names = components.stream().map(Component::name).toList();
    long expected =
        names.stream()
            .flatMap(n -> reader.manifest().component(n).stream())
            .mapToLong(ComponentRecord::sizeBytes)
            .sum();
    List<RepositoryProblem> problems =
        reader.verify(names, cancellation, monitor.meter("backup", OptionalLong.of(expected)));
    cancellation.check();
    return problems;
  }

  private HoldfastException damaged(List<RepositoryProblem> problems) {
    RepositoryProblem first = problems.getFirst();
    return new HoldfastException(
        first.code(),
        "backup "
            + request.backup()
            + " is damaged: "
            + first.subject()
            + ": "
            + first.message()
            + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""),
        "Nothing was touched. Restore the components that are sound with --component, or an older backup; 'backup validate' lists all"
            + " that is damaged.");
  }
}
