package io.holdfast.store.sqlite;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which processes have a database open, found without opening it.
 *
 * <p>A database in rollback mode that lies idle is locked by nobody, so locks alone do not tell;
 * {@code /proc/PID/fd} does, for processes of the same user, or all of them for root. The list of
 * locks adds those of other users that use a write-ahead log or are in a transaction. Processes of
 * another machine, or of a container with process numbers of its own, are not seen.
 */
final class OpenFiles {
  private static final FilePath PROC = FilePath.of("/proc");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");
  private static final Pattern LOCK =
      Pattern.compile(".* (-?[0-9]+) ([0-9a-f]+):([0-9a-f]+):([0-9]+) [0-9]+ .*");

  private final FileLayer files;
  private final List<FileStat> wanted = new ArrayList<>();

  private OpenFiles(FileLayer files, DatabaseFile file) throws IOException {
    this.files = files;
    for (FilePath path : file.all()) {
      files.find(path).ifPresent(wanted::add);
    }
  }

  /** The processes that have a database open, in words, in ascending order of their numbers. */
  static List<String> users(FileLayer files, DatabaseFile file) throws IOException {
    var search = new OpenFiles(files, file);
    if (search.wanted.isEmpty()) {
      return List.of();
    }
    var pids = new TreeSet<Long>();
    search.byDescriptors(pids);
    search.byLocks(pids);
    var users = new TreeMap<Long, String>();
    for (long pid : pids) {
      users.put(pid, search.describe(pid));
    }
    return List.copyOf(users.values());
  }

  /**
   * Makes sure that nobody would go on writing into a file that is about to be replaced.
   *
   * @throws HoldfastException {@code TARGET_UNSUITABLE} naming the processes
   */
  static void refuseUsed(FileLayer files, DatabaseFile file) throws IOException {
    List<String> users = users(files, file);
    if (!users.isEmpty()) {
      throw new HoldfastException(
              ErrorCode.TARGET_UNSUITABLE,
              "database " + file.path() + " is open in " + String.join(", ", users),
              "Stop the application, or set 'restore: live' to restore underneath it. A replaced file would not be seen by"
                  + " whoever has the old one open.")
          .with("path", file.path().toString());
    }
  }

  private void byDescriptors(TreeSet<Long> pids) throws IOException {
    for (byte[] name : files.list(PROC)) {
      String pid = new String(name, StandardCharsets.UTF_8);
      if (NUMBER.matcher(pid).matches() && hasOpen(PROC.resolve(pid).resolve("fd"))) {
        pids.add(Long.parseLong(pid));
      }
    }
  }

  private boolean hasOpen(FilePath descriptors) {
    try {
      for (byte[] descriptor : files.list(descriptors)) {
        if (leadsToWanted(descriptors.resolve(descriptor))) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // Another user's process, or one that has just ended.
      return false;
    }
  }

  private boolean leadsToWanted(FilePath descriptor) {
    try {
      FileStat open = files.follow(descriptor);
      return wanted.stream().anyMatch(open::isSameFile);
    } catch (IOException e) {
      return false;
    }
  }

  private void byLocks(TreeSet<Long> pids) throws IOException {
    read(PROC.resolve("locks"))
        .lines()
        .forEach(line -> {
          Matcher lock = LOCK.matcher(line);
          if (lock.matches() && wanted.stream().anyMatch(stat -> isOf(lock, stat))) {
            pids.add(Long.parseLong(lock.group(1)));
          }
        });
  }

  private static boolean isOf(Matcher lock, FileStat stat) {
    // The kernel prints major and minor in hexadecimal; the file layer packs them like makedev().
    long major = ((stat.device() >>> 8) & 0xfff) | ((stat.device() >>> 32) & ~0xfffL);
    long minor = (stat.device() & 0xff) | ((stat.device() >>> 12) & ~0xffL & 0xffff_ffffL);
    return Long.parseLong(lock.group(2), 16) == major
        && Long.parseLong(lock.group(3), 16) == minor
        && Long.parseUnsignedLong(lock.group(4)) == stat.inode();
  }

  private String describe(long pid) {
    String name = read(PROC.resolve(Long.toString(Math.max(pid, 0))).resolve("comm")).strip();
    String who = pid > 0 ? "process " + pid : "a process of another container";
    boolean own = pid == ProcessHandle.current().pid();
    return who + (own ? " (this one)" : name.isEmpty() ? "" : " (" + name + ")");
  }

  /** The text of a file in /proc; empty if it cannot be read. */
  private String read(FilePath path) {
    var text = new StringBuilder();
    try (ReadableFile file = files.open(path)) {
      var part = ByteBuffer.allocateDirect(64 << 10);
      long position = 0;
      for (int read = file.read(part, 0); read > 0; read = file.read(part.clear(), position)) {
        position += read;
        text.append(StandardCharsets.UTF_8.decode(part.flip()));
      }
      return text.toString();
    } catch (IOException e) {
      return text.toString();
    }
  }
}
