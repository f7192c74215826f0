package io.holdfast.engine.restore;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.Kinds;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.ComponentStatus;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which components a restore is about, and in which order they are committed. */
public final class RestoreSelection {
  private final FileLayer files;
  private final Installation installation;
  private final Kinds kinds;

  public RestoreSelection(FileLayer files, Installation installation, Kinds kinds) {
    this.files = files;
    this.installation = installation;
    this.kinds = kinds;
  }

  /** The components of a backup that can be restored. */
  public static List<ComponentName> restorable(Manifest manifest) {
    return manifest.components().stream()
        .filter(ComponentRecord::isRestorable)
        .map(ComponentRecord::name)
        .toList();
  }

  /**
   * The components to restore: those inside others first, so that an outer one, when it is swapped,
   * takes them along.
   *
   * @throws HoldfastException {@code BACKUP_UNSUITABLE} or {@code COMPONENT_NOT_FOUND}
   */
  public List<Component> select(Manifest manifest, RestoreRequest request) {
    List<ComponentName> names = request.components().stream().distinct().toList();
    if (names.isEmpty()) {
      if (manifest.status() != RunStatus.COMPLETED) {
        throw new HoldfastException(
            ErrorCode.BACKUP_UNSUITABLE,
            "backup "
                + manifest.runId()
                + " is "
                + manifest.status().word()
                + ", so it cannot be restored as a whole",
            "Name the components to restore with --component; it holds: "
                + words(restorable(manifest))
                + ".");
      }
      names = restorable(manifest);
      if (names.isEmpty()) {
        throw new HoldfastException(
            ErrorCode.BACKUP_UNSUITABLE,
            "backup " + manifest.runId() + " holds no component that can be restored",
            "");
      }
    }
    List<Component> components = new ArrayList<>();
    for (ComponentName name : names) {
      components.add(component(manifest, name, request.destination()));
    }
    components.sort(
        Comparator.comparingInt(RestoreSelection::depth).reversed().thenComparing(Component::name));
    return components;
  }

  private Component component(
      Manifest manifest, ComponentName name, Optional<FilePath> destination) {
    ComponentRecord record =
        manifest
            .component(name)
            .orElseThrow(() ->
                new HoldfastException(
                    ErrorCode.COMPONENT_NOT_FOUND,
                    "backup " + manifest.runId() + " holds no component " + name,
                    "It holds: " + words(restorable(manifest)) + "."));
    if (!record.isRestorable()) {
      throw new HoldfastException(
          ErrorCode.BACKUP_UNSUITABLE,
          "component " + name + " is " + record.status().word() + " in backup " + manifest.runId(),
          record.status() == ComponentStatus.ABSENT
              ? "Its source did not exist when the backup was made; there is nothing to restore."
              : "Restore it from another backup.");
    }
    Optional<Component> configured =
        installation.component(name).filter(c -> c.kind().equals(record.kind()));
    if (configured.isPresent()) {
      return configured.get();
    }
    if (destination.isPresent()) {
      return fromManifest(record);
    }
    throw new HoldfastException(
        ErrorCode.COMPONENT_NOT_FOUND,
        "component "
            + name
            + " of kind "
            + record.kind()
            + " is not configured here, so there is no place to restore it to",
        "Configure it, or restore it to a directory with --to.");
  }

  /**
   * A component that is not configured here, made from what the manifest says of it: a restore
   * needs no configuration (P11).
   */
  private Component fromManifest(ComponentRecord record) {
    return Component.of(
        record.name().value(),
        record.kind(),
        kinds.recorded("the manifest", record.name(), record.kind(), record.source(), files));
  }

  private static int depth(Component component) {
    int depth = 0;
    for (FilePath place : component.handler().places()) {
      int slashes = 0;
      for (byte b : place.toBytes()) {
        if (b == '/') {
          slashes++;
        }
      }
      depth = Math.max(depth, slashes);
    }
    return depth;
  }

  private static String words(List<ComponentName> names) {
    return names.isEmpty()
        ? "none"
        : String.join(", ", names.stream().map(ComponentName::value).toList());
  }
}
