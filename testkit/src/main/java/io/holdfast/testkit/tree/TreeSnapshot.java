package io.holdfast.testkit.tree;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.AttributeName;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a tree looks like from outside: of each path its type, mode, owner, time, size, digest of
 * the content, whether it has holes, the target of a link, extended attributes, and which names are
 * one file. Two snapshots are equal if and only if nobody could tell the trees apart by these.
 *
 * <p>Immutable. Holds everything in memory: for trees of tests.
 */
public final class TreeSnapshot {
  private static final int DIFFERENCES_SHOWN = 40;

  private final TreeMap<TreePath, String> entries;

  private TreeSnapshot(TreeMap<TreePath, String> entries) {
    this.entries = entries;
  }

  /** Looks at a path and all below it; an empty snapshot if nothing is there. */
  public static TreeSnapshot of(FileLayer files, FilePath root) throws IOException {
    return of(files, root, path -> true);
  }

  /** Looks at the paths that a filter takes; below what it does not take it does not look. */
  public static TreeSnapshot of(FileLayer files, FilePath root, Predicate<TreePath> filter)
      throws IOException {
    var entries = new TreeMap<TreePath, String>();
    new Walk(files, root, filter, entries).look(TreePath.ROOT);
    return new TreeSnapshot(entries);
  }

  /** The paths, in order, and what is there, as one line of text each. */
  public Map<TreePath, String> entries() {
    return java.util.Collections.unmodifiableMap(entries);
  }

  public int size() {
    return entries.size();
  }

  /** The same without what lies under a prefix of paths that a filter refuses. */
  public TreeSnapshot only(Predicate<TreePath> filter) {
    var some = new TreeMap<TreePath, String>();
    entries.forEach((path, line) -> {
      if (filter.test(path)) {
        some.put(path, line);
      }
    });
    return new TreeSnapshot(some);
  }

  /** How another tree differs from this one, one line each; empty if it does not. */
  public List<String> differences(TreeSnapshot other) {
    var all = new TreeSet<TreePath>(entries.keySet());
    all.addAll(other.entries.keySet());
    var lines = new ArrayList<String>();
    for (TreePath path : all) {
      String mine = entries.get(path);
      String theirs = other.entries.get(path);
      if (mine == null) {
        lines.add("unexpected " + path + ": " + theirs);
      } else if (theirs == null) {
        lines.add("missing    " + path + ": " + mine);
      } else if (!mine.equals(theirs)) {
        lines.add("differs    " + path + "\n    expected " + mine + "\n    found    " + theirs);
      }
    }
    return lines;
  }

  /**
   * Fails the test if another tree is not the same as this one, and says how.
   *
   * @throws AssertionError with the first differences
   */
  public void assertSame(TreeSnapshot other) {
    List<String> lines = differences(other);
    if (!lines.isEmpty()) {
      throw new AssertionError(
          lines.size()
              + " differences:\n"
              + String.join("\n", lines.subList(0, Math.min(DIFFERENCES_SHOWN, lines.size()))));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeSnapshot snapshot && entries.equals(snapshot.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    entries.forEach((path, line) -> text.append(path).append(": ").append(line).append('\n'));
    return text.toString();
  }

  /** One look at a tree. */
  private static final class Walk {
    private final FileLayer files;
    private final FilePath root;
    private final Predicate<TreePath> filter;
    private final TreeMap<TreePath, String> entries;
    private final Map<List<Long>, TreePath> firstNames = new HashMap<>();

    Walk(
        FileLayer files,
        FilePath root,
        Predicate<TreePath> filter,
        TreeMap<TreePath, String> entries) {
      this.files = files;
      this.root = root;
      this.filter = filter;
      this.entries = entries;
    }

    void look(TreePath path) throws IOException {
      FilePath place = path.under(root);
      FileStat stat = files.find(place).orElse(null);
      if (stat == null || !filter.test(path)) {
        return;
      }
      entries.put(path, describe(path, place, stat));
      if (stat.isDirectory()) {
        for (byte[] name : files.list(place)) {
          look(path.resolve(name));
        }
      }
    }

    private String describe(TreePath path, FilePath place, FileStat stat) throws IOException {
      var line = new StringBuilder();
      line.append(stat.type()).append(' ');
      line.append(Integer.toOctalString(stat.mode())).append(' ');
      line.append(stat.uid()).append(':').append(stat.gid()).append(' ');
      line.append(stat.modified().seconds()).append('.').append(stat.modified().nanos());
      switch (stat.type()) {
        case REGULAR -> {
          line.append(" size=").append(stat.size());
          line.append(stat.allocated() < stat.size() ? " sparse" : "");
          line.append(" sha256=").append(digest(place));
        }
        case SYMLINK -> line.append(" -> ").append(FilePath.display(files.readSymlink(place)));
        case CHARACTER_DEVICE, BLOCK_DEVICE -> line.append(" device=").append(stat.deviceNumber());
        default -> {}
      }
      if (!stat.isDirectory() && stat.links() > 1) {
        TreePath first = firstNames.putIfAbsent(List.of(stat.device(), stat.inode()), path);
        line.append(" links=").append(stat.links());
        line.append(first == null ? "" : " same file as " + first);
      }
      for (var attribute : attributes(place).entrySet()) {
        line.append(' ').append(attribute.getKey()).append('=');
        line.append(FilePath.display(attribute.getValue()));
      }
      return line.toString();
    }

    private Map<AttributeName, byte[]> attributes(FilePath place) throws IOException {
      try {
        return files.attributes(place);
      } catch (FileLayerException e) {
        if (e.reason() == FileLayerException.Reason.NOT_PERMITTED) {
          return Map.of();
        }
        throw e;
      }
    }

    private String digest(FilePath place) throws IOException {
      try (ReadableFile file = files.open(place)) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        var buffer = ByteBuffer.allocate(1 << 16);
        long position = 0;
        for (int n = file.read(buffer, 0); n > 0; n = file.read(buffer, position)) {
          position += n;
          digest.update(buffer.flip());
          buffer.clear();
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (FileLayerException e) {
        if (e.reason() == FileLayerException.Reason.NOT_PERMITTED) {
          return "unreadable";
        }
        throw e;
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
