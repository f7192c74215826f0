package io.holdfast.engine.repository.content;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a manifest lists, against what is asked for and what was stored. Pure logic. */
public final class StoredArtifacts {
  private StoredArtifacts() {}

  /**
   * The artifact of a component that has this name and type.
   *
   * @throws HoldfastException {@code ARTIFACT_CORRUPT} if the manifest lists none
   */
  public static Artifact require(
      List<Artifact> artifacts, ComponentName component, String name, ArtifactType type) {
    return artifacts.stream()
        .filter(artifact -> artifact.name().equals(name) && artifact.type() == type)
        .findFirst()
        .orElseThrow(() ->
            Damage.artifact(
                BackupLayout.artifact(component, name),
                "is no " + type.word() + " that the manifest lists",
                null));
  }

  /**
   * Refuses a manifest that names what was not stored: only a restore would find that out.
   *
   * @param stored what a component has stored; empty if it has not ended
   */
  public static void requireStored(
      Manifest manifest, Function<ComponentName, Optional<List<Artifact>>> stored) {
    for (var component : manifest.components()) {
      if (component.isRestorable()
          && !stored.apply(component.name()).equals(Optional.of(component.artifacts()))) {
        throw new HoldfastException(
            ErrorCode.INTERNAL,
            "the manifest of "
                + manifest.runId()
                + " does not tell what "
                + component.name()
                + " has stored",
            "");
      }
    }
  }
}
