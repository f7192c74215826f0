package io.holdfast.vault.backup;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ManifestCodec;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.vault.ContentId;
import io.holdfast.vault.format.BlobType;
import io.holdfast.vault.format.FormatException;
import io.holdfast.vault.format.tree.NodeName;
import io.holdfast.vault.format.tree.NodeType;
import io.holdfast.vault.pack.BlobReader;
import io.holdfast.vault.pack.DamagedBlobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;

/** The backup's own files in a snapshot. */
final class SnapshotContent {
  private SnapshotContent() {}

  /**
   * The manifest, checked against its checksum.
   *
   * @throws HoldfastException {@code MANIFEST_CORRUPT}, {@code FORMAT_UNSUPPORTED}
   */
  static StoredManifest manifest(BlobReader blobs, KnownBackup backup) throws IOException {
    String origin = "manifest.json of snapshot " + backup.id().brief();
    try {
      StoredTree root = StoredTree.read(blobs, "", backup.snapshot().tree());
      return new ManifestFiles(
              file(blobs, root, BackupLayout.MANIFEST, ManifestCodec.MAX_BYTES),
              file(blobs, root, BackupLayout.MANIFEST_CHECKSUM, ManifestFiles.CHECKSUM_BYTES),
              root.find(NodeName.of(BackupLayout.MANIFEST_SIGNATURE)).isEmpty()
                  ? Optional.empty()
                  : Optional.of(
                      file(
                          blobs,
                          root,
                          BackupLayout.MANIFEST_SIGNATURE,
                          ManifestFiles.MOST_SIGNATURE)))
          .decode(backup.tags().run(), backup.tags().trigger(), origin);
    } catch (DamagedBlobException | FormatException damaged) {
      throw ManifestFiles.corrupt(origin + " cannot be read: " + damaged.getMessage());
    } catch (HoldfastException damage) {
      throw damage.code() == ErrorCode.ARTIFACT_CORRUPT
          ? ManifestFiles.corrupt(damage.message())
          : damage;
    }
  }

  private static byte[] file(BlobReader blobs, StoredTree root, String name, long most)
      throws IOException {
    var node = root.require(NodeName.of(name), NodeType.FILE);
    if (node.size() > most) {
      throw new FormatException(name, "it has " + node.size() + " bytes");
    }
    var bytes = new ByteArrayOutputStream((int) node.size());
    for (ContentId chunk : node.content().orElseThrow()) {
      bytes.write(blobs.read(BlobType.DATA, chunk));
      if (bytes.size() > most) {
        throw new FormatException(name, "it has more bytes than it says");
      }
    }
    return bytes.toByteArray();
  }
}
