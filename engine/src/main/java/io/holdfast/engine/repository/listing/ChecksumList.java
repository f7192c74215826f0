package io.holdfast.engine.repository.listing;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.ChecksumLine;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * {@code SHA256SUMS}: the digest of every file that the manifest leads to, listings included; for
 * {@code sha256sum -c} in the root of the backup. Components, artifacts and entries stand in the
 * order of the manifest and the listings; further names of a hard-linked file are left out.
 */
public final class ChecksumList {
  private final OutputStream out;
  private final Sha256 sha256 = new Sha256();

  /** Opens listings for reading. */
  @FunctionalInterface
  public interface Listings {
    ListingReader open(ComponentName component, Artifact tree) throws IOException;
  }

  private ChecksumList(OutputStream out) {
    this.out = out;
  }

  /**
   * Writes the file.
   *
   * @return its SHA-256
   */
  public static String write(OutputStream out, Manifest manifest, Listings listings)
      throws IOException {
    var list = new ChecksumList(out);
    for (ComponentRecord component : manifest.components()) {
      if (component.isRestorable()) {
        for (Artifact artifact : component.artifacts()) {
          list.artifact(component.name(), artifact, listings);
        }
      }
    }
    return list.sha256.hexDigest();
  }

  private void artifact(ComponentName component, Artifact artifact, Listings listings)
      throws IOException {
    byte[] path =
        BackupLayout.artifact(component, artifact.name()).getBytes(StandardCharsets.US_ASCII);
    switch (artifact.type()) {
      case FILE -> line(artifact.sha256(), path);
      case TREE -> {
        line(
            artifact.sha256(),
            BackupLayout.listing(component, artifact.name()).getBytes(StandardCharsets.US_ASCII));
        try (ListingReader listing = listings.open(component, artifact)) {
          for (var listed = listing.next(); listed != null; listed = listing.next()) {
            if (listed.entry() instanceof TreeEntry.RegularFile) {
              line(listed.sha256(), join(path, listed.path().toBytes()));
            }
          }
        }
      }
    }
  }

  private void line(String digest, byte[] path) throws IOException {
    byte[] line = ChecksumLine.of(digest, path);
    sha256.update(line, 0, line.length);
    out.write(line);
  }

  private static byte[] join(byte[] directory, byte[] path) {
    byte[] joined = Arrays.copyOf(directory, directory.length + 1 + path.length);
    joined[directory.length] = '/';
    System.arraycopy(path, 0, joined, directory.length + 1, path.length);
    return joined;
  }
}
