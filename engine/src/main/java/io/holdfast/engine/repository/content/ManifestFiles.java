package io.holdfast.engine.repository.content;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.manifest.ManifestCodec;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.transfer.Sha256;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A manifest, the checksum beside it, and the signature if there is one, as bytes.
 *
 * @param manifest the bytes of {@code manifest.json}
 * @param checksum the bytes of {@code manifest.json.sha256}
 * @param signature the bytes of {@code manifest.json.sig}
 */
public record ManifestFiles(byte[] manifest, byte[] checksum, Optional<byte[]> signature) {
  /** No signature is longer: it lists every backup that there is. */
  public static final int MOST_SIGNATURE = 16 << 20;

  /** The length of every checksum file. */
  public static final int CHECKSUM_BYTES = 64 + 2 + BackupLayout.MANIFEST.length() + 1;

  public static ManifestFiles of(StoredManifest stored) {
    byte[] bytes = ManifestCodec.encode(stored);
    return new ManifestFiles(
        bytes,
        checksumOf(bytes),
        stored.signature().map(text -> text.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Checks the checksum first, then format and version, then that it is the manifest of the backup
   * that bears this name.
   *
   * @param origin where the bytes come from, for messages
   * @throws HoldfastException {@code MANIFEST_CORRUPT}, {@code FORMAT_UNSUPPORTED}
   */
  public StoredManifest decode(RunId run, Trigger trigger, String origin) {
    if (!Arrays.equals(checksum, checksumOf(manifest))) {
      throw corrupt(origin + " does not match " + BackupLayout.MANIFEST_CHECKSUM);
    }
    StoredManifest stored = ManifestCodec.decode(manifest, origin);
    Manifest read = stored.manifest();
    if (!read.runId().equals(run) || read.trigger() != trigger) {
      throw corrupt(
          origin
              + " belongs to the backup "
              + read.runId()
              + "_"
              + read.trigger().word()
              + ", not to "
              + run
              + "_"
              + trigger.word());
    }
    return stored.signed(signature.map(bytes -> new String(bytes, StandardCharsets.US_ASCII)));
  }

  public static HoldfastException corrupt(String what) {
    return new HoldfastException(
        ErrorCode.MANIFEST_CORRUPT,
        what,
        "Restore from another backup; look for damage with `holdfast repository check`.");
  }

  private static byte[] checksumOf(byte[] bytes) {
    return ChecksumLine.of(
        Sha256.hex(Sha256.of(bytes)), BackupLayout.MANIFEST.getBytes(StandardCharsets.US_ASCII));
  }
}
