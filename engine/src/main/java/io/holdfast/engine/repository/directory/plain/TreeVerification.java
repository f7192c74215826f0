package io.holdfast.engine.repository.directory.plain;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.content.Damage;
import io.holdfast.engine.repository.layout.RealDirectories;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingReader;
import io.holdfast.engine.repository.listing.TreeShape;
import io.holdfast.engine.repository.transfer.FileInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Compares one tree of a plain backup with its listing, both ways round. */
final class TreeVerification {
  private final PlainVerification all;
  private final FileLayer files;
  private final Artifact artifact;
  private final String subject;
  private final String listingSubject;
  private final FilePath root;
  private final TreeShape shape = new TreeShape();
  private long size;
  private long regularFiles;

  TreeVerification(PlainVerification all, ComponentName component, Artifact artifact) {
    this.all = all;
    this.files = all.files();
    this.artifact = artifact;
    this.subject = BackupLayout.artifact(component, artifact.name());
    this.listingSubject = BackupLayout.listing(component, artifact.name());
    this.root = all.backup().resolve(subject);
  }

  void run() throws IOException {
    all.problem(
        listingSubject,
        () -> {
          RealDirectories.require(files, root, subject);
          var file = files.open(all.backup().resolve(listingSubject));
          try (var listing =
              new ListingReader(new FileInput(file), listingSubject, artifact.sha256(), shape)) {
            for (var listed = listing.next(); listed != null; listed = listing.next()) {
              all.meter().check();
              entry(listed);
            }
          }
          if (size != artifact.sizeBytes() || regularFiles != artifact.files()) {
            throw Damage.artifact(
                listingSubject,
                "lists "
                    + regularFiles
                    + " files of "
                    + size
                    + " bytes, the manifest "
                    + artifact.files()
                    + " of "
                    + artifact.sizeBytes(),
                null);
          }
          strangers(TreePath.ROOT);
        });
  }

  private void entry(ListedEntry listed) throws IOException {
    TreeEntry entry = listed.entry();
    FilePath path = entry.path().under(root);
    String what = subject + "/" + entry.path();
    switch (entry) {
      case TreeEntry.RegularFile file -> {
        size += file.size();
        regularFiles++;
        all.file(path, what, file.size(), listed.sha256());
      }
      case TreeEntry.Directory _ ->
          all.problem(what, () -> RealDirectories.require(files, path, what));
      case TreeEntry.Symlink link -> all.problem(what, () -> symlink(path, what, link));
      case TreeEntry.HardLink link -> all.problem(what, () -> hardLink(path, what, link));
      case TreeEntry.Special special -> all.problem(what, () -> special(path, what, special));
    }
  }

  private void symlink(FilePath path, String what, TreeEntry.Symlink link) throws IOException {
    if (require(path, what).type() != FileType.SYMLINK
        || !Arrays.equals(files.readSymlink(path), link.target())) {
      throw Damage.artifact(
          what, "is not the symbolic link to " + FilePath.display(link.target()), null);
    }
  }

  private void hardLink(FilePath path, String what, TreeEntry.HardLink link) throws IOException {
    FileStat original = require(link.original().under(root), subject + "/" + link.original());
    if (!require(path, what).isSameFile(original)) {
      throw Damage.artifact(what, "is no hard link to " + link.original() + " any more", null);
    }
  }

  /** Not every repository may hold device nodes: what could not be made is in the listing only. */
  private void special(FilePath path, String what, TreeEntry.Special special) throws IOException {
    Optional<FileStat> stat = files.find(path);
    if (stat.isPresent() && stat.get().type() != special.type()) {
      throw Damage.artifact(what, "is no " + special.type() + " any more", null);
    }
  }

  private FileStat require(FilePath path, String what) throws IOException {
    return files
        .find(path)
        .orElseThrow(() -> Damage.artifact(what, "is missing in the backup", null));
  }

  private void strangers(TreePath directory) throws IOException {
    all.meter().check();
    for (byte[] name : files.list(directory.under(root))) {
      TreePath path = directory.resolve(name);
      if (!shape.contains(path)) {
        all.problems()
            .add(subject + "/" + path, "is in the backup, but the listing does not name it");
      } else if (shape.isDirectory(path) && isDirectory(path)) {
        strangers(path);
      }
    }
  }

  /** What should be a directory and is none has been reported. */
  private boolean isDirectory(TreePath path) throws IOException {
    return files.find(path.under(root)).filter(FileStat::isDirectory).isPresent();
  }
}
