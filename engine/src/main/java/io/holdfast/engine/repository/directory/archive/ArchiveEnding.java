package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.ManifestFiles;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes what stands at the end of an archive: the manifest's frame, the table, the trailer. */
record ArchiveEnding(
    FramePipeline pipeline,
    FrameTable table,
    FrameCodec codec,
    Compression compression,
    long created) {

  void write(StoredManifest stored) throws IOException {
    var manifest = ManifestFiles.of(stored);
    int frame = pipeline.addLarge(FrameTable.OWN, manifestFrame(manifest, created));
    byte[] bytes = table.encode();
    long tableOffset = pipeline.position();
    for (int at = 0; at < bytes.length; at += codec.mostHidden()) {
      pipeline.writeRaw(codec.hide(bytes, at, Math.min(codec.mostHidden(), bytes.length - at)));
    }
    long end = pipeline.position();
    byte[] trailer =
        new ArchiveTrailer(
                compression,
                created,
                tableOffset,
                end - tableOffset,
                bytes.length,
                Sha256.of(bytes),
                table.offset(frame),
                table.stored(frame),
                table.plain(frame),
                table.crc32c(frame),
                manifest.manifest().length,
                end + codec.hideOverhead() + ArchiveTrailer.LENGTH)
            .encode();
    pipeline.writeRaw(codec.hide(trailer, 0, trailer.length));
  }

  /** The entries of the manifest, its checksum and its signature, and the end of the tar. */
  static byte[] manifestFrame(ManifestFiles manifest, long created) {
    var tar = new ByteArrayOutputStream(manifest.manifest().length + 8 * TarHeader.BLOCK);
    entry(tar, BackupLayout.MANIFEST, manifest.manifest(), created);
    entry(tar, BackupLayout.MANIFEST_CHECKSUM, manifest.checksum(), created);
    manifest
        .signature()
        .ifPresent(bytes -> entry(tar, BackupLayout.MANIFEST_SIGNATURE, bytes, created));
    tar.writeBytes(new byte[TarHeader.END]);
    return tar.toByteArray();
  }

  private static void entry(ByteArrayOutputStream tar, String name, byte[] bytes, long created) {
    tar.writeBytes(TarHeader.file(name, bytes.length, created));
    tar.writeBytes(bytes);
    tar.writeBytes(new byte[TarHeader.padding(bytes.length)]);
  }
}
