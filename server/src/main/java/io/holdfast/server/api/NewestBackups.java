package io.holdfast.server.api;

import io.holdfast.engine.Engine;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.catalogue.Catalogue;
import io.holdfast.server.document.BackupSummaryJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The newest backup that holds each component, safety backups apart. */
public final class NewestBackups {
  /** One whose components failed for longer than this many backups shows as never backed up. */
  private static final int LOOKED_AT = 200;

  private final Map<ComponentName, Manifest> newest = new HashMap<>();

  /**
   * Looks for them.
   *
   * @param wanted the components
   */
  public NewestBackups(Engine engine, Catalogue catalogue, List<ComponentName> wanted) {
    for (BackupSummaryJson backup : catalogue.page(Optional.empty(), LOOKED_AT).backups()) {
      if (newest.size() == wanted.size()) {
        return;
      }
      RunId run = backup.run();
      // By what can be restored: a component that always fails is named by every backup.
      Set<String> held = catalogue.restorable(run);
      boolean news =
          catalogue.isOwn(backup)
              && backup.safetyFor() == null
              && wanted.stream()
                  .anyMatch(name -> !newest.containsKey(name) && held.contains(name.value()));
      if (news) {
        add(engine, run, wanted);
      }
    }
  }

  private void add(Engine engine, RunId run, List<ComponentName> wanted) {
    try {
      Manifest manifest = engine.show(run);
      manifest.components().stream()
          .filter(ComponentRecord::isRestorable)
          .map(ComponentRecord::name)
          .filter(wanted::contains)
          .forEach(name -> newest.putIfAbsent(name, manifest));
    } catch (HoldfastException gone) {
      // Deleted or damaged meanwhile; an older one is told of.
    }
  }

  /** The backup that holds this component; empty if none of those looked at does. */
  public Optional<Manifest> of(ComponentName name) {
    return Optional.ofNullable(newest.get(name));
  }
}
