package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Artifact;
import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.repository.content.BackupLayout;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.listing.ListingReader;
import io.holdfast.engine.repository.transfer.Extents;
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;

/**
 * A tree in an archive: its listing, and its entries read in lockstep with it. What the listing
 * says is what is expected; what stands in the headers is only compared.
 */
final class ArchiveTree {
  private final FrameFile frames;
  private final String path;
  private final String listingPath;
  private final Artifact artifact;
  private final long created;
  private final Meter meter;

  ArchiveTree(
      FrameFile frames, ComponentName component, Artifact artifact, long created, Meter meter) {
    this.frames = frames;
    this.path = BackupLayout.artifact(component, artifact.name());
    this.listingPath = BackupLayout.listing(component, artifact.name());
    this.artifact = artifact;
    this.created = created;
    this.meter = meter;
  }

  /** Receives the entries of a tree. */
  interface Visitor {
    void entry(TreeEntry entry) throws IOException;

    /**
     * A regular file.
     *
     * @param data the stream, at its data; what is not read is passed over
     */
    void file(TreeEntry.RegularFile file, ListedEntry listed, FrameStream data) throws IOException;
  }

  String path() {
    return path;
  }

  /** Reads the listing to its end, and by that compares it with what the manifest says. */
  void checkListing() throws IOException {
    try (FrameStream in = frames.stream(frames.require(listingPath), listingPath);
        ListingReader listing = open(in)) {
      listing.drain();
      endListing(in);
    }
  }

  /** Reads the listing alone. */
  void entries(ArtifactSource.EntryVisitor visitor) throws IOException {
    try (FrameStream in = frames.stream(frames.require(listingPath), listingPath);
        ListingReader listing = open(in)) {
      for (var listed = listing.next(); listed != null; listed = listing.next()) {
        meter.check();
        visitor.entry(listed.entry());
      }
      endListing(in);
    }
  }

  /** Reads listing and entries together. */
  void visit(Visitor visitor) throws IOException {
    try (FrameStream in = frames.stream(frames.require(listingPath), listingPath);
        FrameStream data = frames.stream(frames.require(path), path);
        ListingReader listing = open(in)) {
      for (var listed = listing.next(); listed != null; listed = listing.next()) {
        meter.check();
        entry(listed, data, visitor);
      }
      endListing(in);
      data.expectEnd();
    }
  }

  private void entry(ListedEntry listed, FrameStream data, Visitor visitor) throws IOException {
    TreeEntry entry = listed.entry();
    data.expect(TarHeader.of(path, entry, listed.data()));
    if (entry instanceof TreeEntry.RegularFile file) {
      long length = Extents.total(listed.extents());
      long end = data.position() + length;
      visitor.file(file, listed, data);
      data.consume(end - data.position(), passedOver -> {});
      data.expect(new byte[TarHeader.padding(length)]);
    } else {
      visitor.entry(entry);
    }
  }

  private ListingReader open(FrameStream in) throws IOException {
    long size = size();
    in.expect(TarHeader.file(listingPath, size, created));
    return new ListingReader(in.input(size), listingPath, artifact.sha256());
  }

  private void endListing(FrameStream in) throws IOException {
    in.expect(new byte[TarHeader.padding(size())]);
    in.expectEnd();
  }

  private long size() {
    return frames.table().size(frames.require(listingPath));
  }
}
