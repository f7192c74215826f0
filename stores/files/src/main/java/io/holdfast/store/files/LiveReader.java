package io.holdfast.store.files;

import io.holdfast.engine.artifact.Content;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads a live file up to the size that it had when it was opened; what was cut off meanwhile reads
 * as zeros. Compares the file before and after, and tells of every difference once.
 */
final class LiveReader implements Content.Reader {
  private static final int BAD_BLOCK = 4096;

  private final CaptureScope scope;
  private final ReadableFile file;
  private final TreePath path;
  private final FileStat before;
  private final List<Content.Extent> extents;
  private boolean changed;
  private boolean told;
  private boolean damaged;
  private long position;

  /**
   * @param before the open file's own stat
   * @param changed whether it differs already from what was listed
   */
  LiveReader(CaptureScope scope, ReadableFile file, TreePath path, FileStat before, boolean changed)
      throws IOException {
    this.scope = scope;
    this.file = file;
    this.path = path;
    this.before = before;
    this.changed = changed;
    this.extents = Extents.of(file, before);
  }

  @Override
  public long size() {
    return before.size();
  }

  @Override
  public List<Content.Extent> extents() {
    return extents;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    scope.cancellation().check();
    long left = before.size() - position;
    if (left == 0) {
      tell();
      return -1;
    }
    int limit = target.limit();
    target.limit((int) Math.min(limit, target.position() + left));
    int count;
    try {
      count = readSome(target);
    } finally {
      target.limit(limit);
    }
    position += count;
    return count;
  }

  private int readSome(ByteBuffer target) throws IOException {
    try {
      int count = file.read(target, position);
      return count < 0 ? zeros(target, target.remaining()) : count;
    } catch (IOException e) {
      if (scope.purpose() != Purpose.SAFETY) {
        throw e;
      }
      // A failing disk under the state that is about to be replaced: save what can be read.
      if (!damaged) {
        damaged = true;
        scope.warnings().add(path + " is damaged, unreadable parts are zeros: " + e.getMessage());
      }
      return zeros(target, Math.min(target.remaining(), BAD_BLOCK));
    }
  }

  private static int zeros(ByteBuffer target, int count) {
    target.put(new byte[count]);
    return count;
  }

  @Override
  public void skipHole(long bytes) {
    position += bytes;
  }

  private void tell() throws IOException {
    if (told) {
      return;
    }
    told = true;
    FileStat after = file.stat();
    if (after.size() > before.size()) {
      scope.warnings().add(path + " grew while it was read");
    } else if (after.size() < before.size()) {
      scope
          .warnings()
          .add(
              path
                  + " shrank while it was read, from "
                  + before.size()
                  + " to "
                  + after.size()
                  + " bytes; zeros stand for what was cut off");
    } else if (changed
        || !after.modified().equals(before.modified())
        || !after.changed().equals(before.changed())) {
      scope.warnings().add(path + " changed while it was read");
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (position == before.size()) {
        tell();
      }
    } finally {
      file.close();
    }
  }
}
