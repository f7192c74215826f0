package io.holdfast.testkit.repository;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.Repository.BackupStart;
import io.holdfast.engine.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Manifests of runs that went well, or did not. */
public final class TestManifests {
  /** When every run of these tests starts. */
  public static final Instant START = Instant.parse("2026-03-04T05:06:07Z");

  private TestManifests() {}

  /** A manifest that lists these components as completed. */
  public static Manifest of(
      BackupStart start, RunStatus status, Map<ComponentName, List<Artifact>> components) {
    return new Manifest(
        start.run(),
        start.backup(),
        status,
        start.trigger(),
        Optional.empty(),
        List.of(),
        START,
        status == RunStatus.RUNNING ? Optional.empty() : Optional.of(START.plusSeconds(5)),
        Optional.empty(),
        start.installation(),
        "test-host",
        "0.0.0",
        start.compression().word(),
        components.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> component(entry.getKey(), entry.getValue()))
            .toList(),
        Optional.empty());
  }

  private static ComponentRecord component(ComponentName name, List<Artifact> artifacts) {
    return new ComponentRecord(
        name,
        "test",
        true,
        Optional.empty(),
        ComponentStatus.COMPLETED,
        Map.of("path", "/nowhere"),
        Optional.of(START),
        START,
        Optional.of(START.plusSeconds(3)),
        artifacts,
        List.of(),
        Optional.empty());
  }
}
