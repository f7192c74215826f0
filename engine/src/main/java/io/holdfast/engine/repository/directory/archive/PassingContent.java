package io.holdfast.engine.repository.directory.archive;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.repository.listing.ListedEntry;
import io.holdfast.engine.repository.transfer.Meter;
import java.io.IOException;

/** The content of a file that passes by in a stream: read now, once, or never. */
final class PassingContent implements Content {
  private final TreeEntry.RegularFile file;
  private final ListedEntry listed;
  private final FrameStream data;
  private final String subject;
  private final Meter meter;
  private final long begin;

  PassingContent(
      TreeEntry.RegularFile file,
      ListedEntry listed,
      FrameStream data,
      String subject,
      Meter meter) {
    this.file = file;
    this.listed = listed;
    this.data = data;
    this.subject = subject;
    this.meter = meter;
    this.begin = data.position();
  }

  @Override
  public Reader open() throws IOException {
    if (data.position() != begin) {
      throw new IllegalStateException(subject + " has passed by, and cannot be read again");
    }
    return new StoredContent(
        file.size(), listed.extents(), listed.sha256(), subject, meter, data::read, () -> {});
  }

  @Override
  public boolean isDetached() {
    return false;
  }
}
