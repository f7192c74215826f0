package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.Change.Action;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.store.files.Selection.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a restored tree changes in the live one. Content is taken for equal when size and time of
 * modification are; when only the sizes are, bytes are compared.
 *
 * <p>Used once, by one thread.
 */
final class TreeComparison {
  private static final int BUFFER = 128 << 10;

  private final FileLayer files;
  private final Selection selection;
  private final Cancellation cancellation;
  private final ChangeList changes;
  private final ByteBuffer mine = ByteBuffer.allocateDirect(BUFFER);
  private final ByteBuffer theirs = ByteBuffer.allocateDirect(BUFFER);

  TreeComparison(
      FileLayer files, Selection selection, Cancellation cancellation, ChangeList changes) {
    this.files = files;
    this.selection = selection;
    this.cancellation = cancellation;
    this.changes = changes;
  }

  /**
   * Compares two trees.
   *
   * @param live the directory that is replaced, which need not exist
   * @param restored the directory that takes its place; if it lies in the live one, it is no part
   *     of that
   */
  void compareTrees(FilePath live, FilePath restored) throws IOException {
    FileStat now = files.find(live).orElse(null);
    FileStat then = files.find(restored).orElse(null);
    if (selection.takesRoot()) {
      compareOne(live, restored, now, then);
    }
    compareNames(TreePath.ROOT, new Pair(live, restored, now, then), selection.root(), restored);
  }

  /** The same name in both trees. */
  private record Pair(
      FilePath live, FilePath restored, @Nullable FileStat now, @Nullable FileStat then) {
    boolean isLiveDirectory() {
      return now != null && now.isDirectory();
    }

    boolean isRestoredDirectory() {
      return then != null && then.isDirectory();
    }
  }

  private void compareNames(TreePath directory, Pair pair, Verdict verdict, FilePath ignored)
      throws IOException {
    var names = new TreeSet<byte[]>(Arrays::compareUnsigned);
    if (pair.isLiveDirectory()) {
      names.addAll(files.list(pair.live));
    }
    if (pair.isRestoredDirectory()) {
      names.addAll(files.list(pair.restored));
    }
    for (byte[] name : names) {
      cancellation.check();
      FilePath live = pair.live.resolve(name);
      FilePath restored = pair.restored.resolve(name);
      if (live.equals(ignored)) {
        continue;
      }
      FileStat now = pair.isLiveDirectory() ? files.find(live).orElse(null) : null;
      FileStat then = pair.isRestoredDirectory() ? files.find(restored).orElse(null) : null;
      var child = new Pair(live, restored, now, then);
      TreePath path = directory.resolve(name);
      boolean isDirectory = child.isRestoredDirectory() || child.isLiveDirectory();
      Verdict own = selection.judge(path, isDirectory, verdict);
      if (own == Verdict.PROTECTED) {
        compareOne(live, restored, now, then);
      }
      if (own != Verdict.LEFT && isDirectory) {
        compareNames(path, child, own, ignored);
      }
    }
  }

  /** Compares what stands under two names, and not what is below. */
  void compareOne(FilePath live, FilePath restored, @Nullable FileStat now, @Nullable FileStat then)
      throws IOException {
    if (now == null) {
      if (then != null) {
        changes.add(Action.CREATE, live, describe(then));
      }
    } else if (then == null) {
      if (now.type() != FileType.SOCKET) {
        changes.add(Action.REMOVE, live, describe(now));
      }
    } else if (now.type() != then.type()) {
      changes.add(Action.REPLACE, live, describe(now) + " by " + describe(then));
    } else if (!hasSameContent(live, restored, now, then)) {
      changes.add(Action.REPLACE, live, now.size() + " bytes by " + then.size() + " bytes");
    } else {
      String differences = metadataDifferences(live, restored, now, then);
      changes.add(differences.isEmpty() ? Action.UNCHANGED : Action.METADATA, live, differences);
    }
  }

  private static String describe(FileStat stat) {
    return switch (stat.type()) {
      case REGULAR -> "file of " + stat.size() + " bytes";
      case DIRECTORY -> "directory";
      case SYMLINK -> "symbolic link";
      case FIFO -> "FIFO";
      case SOCKET -> "socket";
      case CHARACTER_DEVICE, BLOCK_DEVICE -> "device";
    };
  }

  private boolean hasSameContent(FilePath live, FilePath restored, FileStat now, FileStat then)
      throws IOException {
    return switch (now.type()) {
      case REGULAR ->
          now.size() == then.size()
              && (now.modified().equals(then.modified()) || hasSameBytes(live, restored));
      case SYMLINK -> Arrays.equals(files.readSymlink(live), files.readSymlink(restored));
      case CHARACTER_DEVICE, BLOCK_DEVICE -> now.deviceNumber() == then.deviceNumber();
      case DIRECTORY, FIFO, SOCKET -> true;
    };
  }

  private boolean hasSameBytes(FilePath live, FilePath restored) throws IOException {
    try (ReadableFile a = files.open(live);
        ReadableFile b = files.open(restored)) {
      long position = 0;
      while (true) {
        cancellation.check();
        int read = fill(a, mine, position);
        int other = fill(b, theirs, position);
        if (read != other || !mine.flip().equals(theirs.flip())) {
          return false;
        }
        if (read < BUFFER) {
          return true;
        }
        position += read;
      }
    } catch (FileLayerException e) {
      if (e.reason() == Reason.NOT_PERMITTED || e.reason() == Reason.INPUT_OUTPUT) {
        return false;
      }
      throw e;
    }
  }

  private static int fill(ReadableFile file, ByteBuffer buffer, long position) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) > 0) {}
    return buffer.position();
  }

  private String metadataDifferences(FilePath live, FilePath restored, FileStat now, FileStat then)
      throws IOException {
    var text = new StringBuilder();
    if (now.mode() != then.mode() && !now.isSymlink()) {
      text.append(String.format("mode %04o to %04o, ", now.mode(), then.mode()));
    }
    if (now.uid() != then.uid() || now.gid() != then.gid()) {
      text.append(
          String.format("owner %d:%d to %d:%d, ", now.uid(), now.gid(), then.uid(), then.gid()));
    }
    if (!now.modified().equals(then.modified())) {
      text.append("time of modification, ");
    }
    if (!hasSameAttributes(live, restored)) {
      text.append("extended attributes, ");
    }
    return text.isEmpty() ? "" : text.substring(0, text.length() - 2);
  }

  private boolean hasSameAttributes(FilePath live, FilePath restored) throws IOException {
    try {
      var a = files.attributes(live);
      var b = files.attributes(restored);
      return a.keySet().equals(b.keySet())
          && a.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), b.get(e.getKey())));
    } catch (FileLayerException e) {
      if (List.of(Reason.NOT_PERMITTED, Reason.NOT_SUPPORTED).contains(e.reason())) {
        return true;
      }
      throw e;
    }
  }
}
