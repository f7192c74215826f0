package io.holdfast.engine.repository.content;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.CheckResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a component has stored so far: names that are taken, artifacts that are finished, checks.
 * Thread-safe, since the one who leads the run asks while the component writes.
 */
public final class ArtifactRecords {
  private final Set<String> names = new HashSet<>();
  private final List<Artifact> finished = new ArrayList<>();
  private final Map<String, List<CheckResult>> checks = new HashMap<>();

  /**
   * Takes the name of a file.
   *
   * @throws IllegalArgumentException if it is no name, or taken
   */
  public synchronized void takeFile(String name) {
    take(name);
  }

  /** Takes the name of a tree, and that of its listing. */
  public synchronized void takeTree(String name) {
    take(name);
    if (!names.add(BackupLayout.listingName(name))) {
      throw new IllegalArgumentException(
          "the listing of " + name + " would have the name of another artifact");
    }
  }

  private void take(String name) {
    if (!Artifact.isName(name)) {
      throw new IllegalArgumentException("not a name for an artifact: " + name);
    }
    if (!names.add(name)) {
      throw new IllegalArgumentException("the name " + name + " is taken");
    }
  }

  public synchronized void finished(Artifact artifact) {
    finished.add(artifact);
  }

  public synchronized void checked(String name, CheckResult result) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException("no artifact of that name was begun: " + name);
    }
    checks.computeIfAbsent(name, none -> new ArrayList<>()).add(result);
  }

  /** Forgets everything. */
  public synchronized void clear() {
    finished.clear();
    checks.clear();
  }

  /** What was finished, with its checks, in the order of finishing. */
  public synchronized List<Artifact> artifacts() {
    return finished.stream()
        .map(artifact -> {
          Artifact all = artifact;
          for (CheckResult check : checks.getOrDefault(artifact.name(), List.of())) {
            all = all.with(check);
          }
          return all;
        })
        .toList();
  }
}
