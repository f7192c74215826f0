package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactType;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Damage;

/** Whether an archive has the streams that its manifest leads to, judged by its table alone. */
final class StreamCheck {
  private StreamCheck() {}

  static void require(FrameTable table, ComponentRecord component) {
    if (!component.isRestorable()) {
      return;
    }
    for (Artifact artifact : component.artifacts()) {
      String path = BackupLayout.artifact(component.name(), artifact.name());
      require(table, path);
      if (artifact.type() == ArtifactType.TREE) {
        require(table, BackupLayout.listing(component.name(), artifact.name()));
      } else if (table.size(table.find(path).orElseThrow()) != artifact.sizeBytes()) {
        throw Damage.artifact(path, "has another size than the manifest says", null);
      }
    }
  }

  private static void require(FrameTable table, String path) {
    if (table.find(path).isEmpty()) {
      throw Damage.artifact(path, "is missing in the archive", null);
    }
  }
}
