package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.Content.Extent;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.StoredManifest;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.content.Problems;
import io.holdfast.engine.repository.layout.StorageErrors;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.transfer.Meter;
import io.holdfast.engine.repository.transfer.Sha256;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads streams of an archive from beginning to end and compares everything with what the manifest
 * and the listings say. Used by one thread.
 *
 * @param frames the archive
 * @param created mtime of its own files
 * @param meter asked and told at every file
 * @param problems what is found
 */
record ArchiveVerification(FrameFile frames, long created, Meter meter, Problems problems) {

  /** Checks all artifacts of a component. */
  void component(ComponentName component, List<Artifact> artifacts) throws IOException {
    for (Artifact artifact : artifacts) {
      String path = BackupLayout.artifact(component, artifact.name());
      problem(
          path,
          () -> {
            switch (artifact.type()) {
              case FILE -> file(path, artifact);
              case TREE -> tree(component, artifact);
            }
          });
    }
  }

  /** Checks what belongs to no component that completed: the list of checksums, and remains. */
  void rest(StoredManifest stored) throws IOException {
    problem(
        BackupLayout.CHECKSUMS,
        () -> {
          try (FrameStream in = frames.ownFiles(BackupLayout.CHECKSUMS)) {
            long size = frames.table().size(FrameTable.OWN);
            in.expect(TarHeader.file(BackupLayout.CHECKSUMS, size, created));
            var sha256 = new Sha256();
            in.consume(size, sha256::update);
            in.expect(new byte[TarHeader.padding(size)]);
            in.expectEnd();
            requireDigest(
                BackupLayout.CHECKSUMS,
                sha256.hexDigest(),
                stored.checksumsSha256().orElse("none in the manifest"));
          }
        });
    Set<String> named = new HashSet<>();
    for (ComponentRecord component : stored.manifest().components()) {
      for (Artifact artifact : component.artifacts()) {
        named.add(BackupLayout.artifact(component.name(), artifact.name()));
        named.add(BackupLayout.listing(component.name(), artifact.name()));
      }
    }
    List<String> names = frames.table().names();
    for (int stream = FrameTable.OWN + 1; stream < names.size(); stream++) {
      if (!named.contains(names.get(stream))) {
        remains(stream, names.get(stream));
      }
    }
  }

  /** What a component that failed has left: its frames have to be whole, no more. */
  private void remains(int stream, String name) throws IOException {
    problem(
        name,
        () -> {
          try (FrameStream in = frames.stream(stream, name)) {
            while (in.hasMore()) {
              meter.check();
              in.skipFrame();
            }
          }
        });
  }

  private void file(String path, Artifact artifact) throws IOException {
    int stream = frames.require(path);
    try (FrameStream in = frames.stream(stream, path)) {
      long size = artifact.sizeBytes();
      in.expect(TarHeader.file(path, size, created));
      var sha256 = new Sha256();
      in.consume(
          size,
          piece -> {
            meter.check();
            sha256.update(piece);
            meter.passed(piece.remaining());
          });
      in.expect(new byte[TarHeader.padding(size)]);
      in.expectEnd();
      if (frames.table().size(stream) != size) {
        throw Damage.artifact(path, "has another size in the table", null);
      }
      requireDigest(path, sha256.hexDigest(), artifact.sha256());
    }
  }

  private void tree(ComponentName component, Artifact artifact) throws IOException {
    var tree = new ArchiveTree(frames, component, artifact, created, meter);
    var sum = new Sum();
    tree.visit(
        new ArchiveTree.Visitor() {
          @Override
          public void entry(TreeEntry entry) {}

          @Override
          public void file(TreeEntry.RegularFile file, ListedEntry listed, FrameStream data)
              throws IOException {
            sum.files++;
            sum.size += file.size();
            content(tree.path() + "/" + file.path(), file, listed, data);
          }
        });
    if (sum.size != artifact.sizeBytes() || sum.files != artifact.files()) {
      throw Damage.artifact(
          tree.path(), "has another size or number of files than the manifest says", null);
    }
  }

  private static final class Sum {
    private long files;
    private long size;
  }

  /** A wrong digest is told, and the rest of the tree read on. */
  private void content(
      String subject, TreeEntry.RegularFile file, ListedEntry listed, FrameStream data)
      throws IOException {
    var sha256 = new Sha256();
    long at = 0;
    for (Extent extent : listed.extents()) {
      zeros(sha256, extent.offset() - at);
      data.consume(
          extent.length(),
          piece -> {
            meter.check();
            sha256.update(piece);
            meter.passed(piece.remaining());
          });
      at = extent.end();
    }
    zeros(sha256, file.size() - at);
    problem(subject, () -> requireDigest(subject, sha256.hexDigest(), listed.sha256()));
  }

  private void zeros(Sha256 sha256, long count) {
    sha256.zeros(count);
    meter.passed(count);
  }

  private void problem(String subject, StorageErrors.Task check) throws IOException {
    try {
      check.run();
    } catch (HoldfastException failure) {
      problems.add(failure, subject);
    }
  }

  private static void requireDigest(String subject, String found, String expected) {
    if (!found.equals(expected)) {
      throw Damage.artifact(subject, "has the SHA-256 " + found + " instead of " + expected, null);
    }
  }
}
