package io.holdfast.cli.demo;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
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

/**
 * Everything that a tree is: of each path its type, content, mode, owner, time, link structure and
 * extended attributes. Immutable; holds all of it in memory.
 */
final class TreeState {
  private final Map<TreePath, Entry> entries;

  private TreeState(Map<TreePath, Entry> entries) {
    this.entries = entries;
  }

  /** Looks at a path and all below it; empty if nothing is there. */
  static TreeState of(FileLayer files, FilePath root) throws IOException {
    var entries = new TreeMap<TreePath, Entry>();
    new Look(files, root, entries).at(TreePath.ROOT);
    return new TreeState(entries);
  }

  /** The same without the directory at its root, for stores whose directory is not protected. */
  TreeState withoutRoot() {
    var below = new TreeMap<>(entries);
    below.remove(TreePath.ROOT);
    return new TreeState(below);
  }

  /** How many regular files there are, each once, however many names it has. */
  long files() {
    return entries.values().stream()
        .filter(e -> e.type() == FileType.REGULAR && e.sameAs().isEmpty())
        .count();
  }

  /** Bytes of all regular files, holes included. */
  long bytes() {
    return entries.values().stream()
        .filter(e -> e.type() == FileType.REGULAR)
        .mapToLong(Entry::size)
        .sum();
  }

  /** How many paths there are, of all types. */
  int paths() {
    return entries.size();
  }

  /** How another tree differs from this one: one line for each path, with all that differs. */
  List<String> differences(String name, TreeState other) {
    var all = new TreeSet<>(entries.keySet());
    all.addAll(other.entries.keySet());
    var lines = new ArrayList<String>();
    for (TreePath path : all) {
      Entry expected = entries.get(path);
      Entry found = other.entries.get(path);
      String subject = name + "/" + path + ": ";
      if (expected == null) {
        lines.add(subject + "nobody put it there");
      } else if (found == null) {
        lines.add(subject + "missing");
      } else if (!expected.equals(found)) {
        lines.add(subject + String.join(", ", expected.differences(found)));
      }
    }
    return lines;
  }

  /** How many paths are gone, altered or new in another tree. */
  Counts compare(TreeState other) {
    int missing = 0;
    int altered = 0;
    for (var entry : entries.entrySet()) {
      Entry found = other.entries.get(entry.getKey());
      missing += found == null ? 1 : 0;
      altered += found != null && !found.equals(entry.getValue()) ? 1 : 0;
    }
    return new Counts(missing, altered, other.entries.size() - (entries.size() - missing));
  }

  /** Numbers of paths. */
  record Counts(int missing, int altered, int foreign) {}

  /**
   * One path.
   *
   * @param content SHA-256 of a regular file, target of a symbolic link, or empty
   * @param sameAs the first name of the same file, or empty if this is the first
   * @param attributes values of extended attributes in hex, by name
   */
  private record Entry(
      FileType type,
      String content,
      long size,
      boolean sparse,
      int mode,
      String owner,
      String modified,
      long links,
      String sameAs,
      Map<String, String> attributes) {

    List<String> differences(Entry found) {
      var lines = new ArrayList<String>();
      compare(lines, "type", type, found.type);
      compare(lines, "content", content, found.content);
      compare(lines, "size", size, found.size);
      compare(lines, "sparse", sparse, found.sparse);
      compare(lines, "mode", Integer.toOctalString(mode), Integer.toOctalString(found.mode));
      compare(lines, "owner", owner, found.owner);
      compare(lines, "modified", modified, found.modified);
      compare(lines, "number of names", links, found.links);
      compare(lines, "same file as", sameAs, found.sameAs);
      compare(lines, "attributes", attributes, found.attributes);
      return lines;
    }

    private static void compare(List<String> lines, String what, Object expected, Object found) {
      if (!expected.equals(found)) {
        lines.add(what + " was " + expected + ", is " + found);
      }
    }
  }

  private record Look(
      FileLayer files, FilePath root, Map<TreePath, Entry> entries, Map<List<Long>, String> names) {
    Look(FileLayer files, FilePath root, Map<TreePath, Entry> entries) {
      this(files, root, entries, new HashMap<>());
    }

    void at(TreePath path) throws IOException {
      FilePath place = path.under(root);
      FileStat stat = files.find(place).orElse(null);
      if (stat == null) {
        return;
      }
      entries.put(path, entry(path, place, stat));
      if (stat.isDirectory()) {
        for (byte[] name : files.list(place)) {
          at(path.resolve(name));
        }
      }
    }

    private Entry entry(TreePath path, FilePath place, FileStat stat) throws IOException {
      boolean linked = !stat.isDirectory() && stat.links() > 1;
      String first =
          linked ? names.putIfAbsent(List.of(stat.device(), stat.inode()), path.toString()) : null;
      var attributes = new TreeMap<String, String>();
      files
          .attributes(place)
          .forEach(
              (name, value) -> attributes.put(name.toString(), HexFormat.of().formatHex(value)));
      return new Entry(
          stat.type(),
          content(place, stat),
          stat.isRegular() ? stat.size() : 0,
          stat.isRegular() && stat.allocated() < stat.size(),
          stat.mode(),
          stat.uid() + ":" + stat.gid(),
          String.format("%d.%09d", stat.modified().seconds(), stat.modified().nanos()),
          stat.isDirectory() ? 0 : stat.links(),
          first == null ? "" : first,
          attributes);
    }

    private String content(FilePath place, FileStat stat) throws IOException {
      return switch (stat.type()) {
        case REGULAR -> digest(place);
        case SYMLINK -> FilePath.display(files.readSymlink(place));
        default -> "";
      };
    }

    private String digest(FilePath place) throws IOException {
      try (ReadableFile file = files.open(place)) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        var buffer = ByteBuffer.allocate(Math.clamp(file.stat().size() + 1, 512, 1 << 18));
        long position = 0;
        for (int n = file.read(buffer, 0); n > 0; n = file.read(buffer, position)) {
          position += n;
          digest.update(buffer.flip());
          buffer.clear();
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }
}
