package io.holdfast.store.files;

import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayer.Space;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileType;
import io.holdfast.store.files.Selection.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Looks at a directory for what will be wrong, slow or surprising; at a bounded part of it. */
final class DirectoryInspection {
  private static final int SAMPLE = 50_000;

  private final FileLayer files;
  private final DirectoryOptions options;
  private final List<Finding> findings = new ArrayList<>();
  private int entries;
  private long bytes;
  private int sockets;
  private boolean cut;

  DirectoryInspection(FileLayer files, DirectoryOptions options) {
    this.files = files;
    this.options = options;
  }

  List<Finding> findings() throws IOException {
    FilePath path = options.path();
    FileStat stat;
    try {
      stat = files.follow(path);
    } catch (FileLayerException e) {
      add(
          Severity.ERROR,
          path,
          "cannot be found: " + e.reason().words(),
          "Correct the path, or make the directory.");
      return findings;
    }
    if (!stat.isDirectory()) {
      add(Severity.ERROR, path, "is no directory", "Use the kind 'file' for single files.");
      return findings;
    }
    FilePath root = files.resolveLinks(path);
    MountPoints mounts = MountPoints.read(files);
    sample(root, root, options.selection().root(), mounts);
    if (entries == 0 && findings.isEmpty()) {
      add(
          Severity.WARNING,
          path,
          TreeCapture.EMPTY,
          "It is backed up as empty. If it should not be, look whether its file system is mounted.");
    } else {
      add(
          Severity.OK,
          path,
          (cut ? "more than " : "") + entries + " entries, " + bytes + " bytes",
          "");
    }
    if (sockets > 0) {
      add(Severity.OK, path, sockets + " sockets, which are left out", "");
    }
    if (mounts.isMountPoint(root)) {
      add(Severity.OK, path, "is a mount point: a restore swaps what is in it name by name", "");
    }
    space(root);
    command(options.pause().pause());
    command(options.pause().resume());
    return findings;
  }

  private void sample(FilePath root, FilePath directory, Verdict parent, MountPoints mounts)
      throws IOException {
    List<byte[]> names;
    try {
      names = files.list(directory);
    } catch (FileLayerException e) {
      add(
          Severity.ERROR,
          directory,
          "cannot be read: " + e.reason().words(),
          "Let Holdfast's user read it, or exclude it.");
      return;
    }
    for (byte[] name : names) {
      FilePath place = directory.resolve(name);
      Optional<FileStat> found = files.find(place);
      if (found.isEmpty()) {
        continue;
      }
      if (entries == SAMPLE) {
        cut = true;
        return;
      }
      FileStat stat = found.get();
      Verdict verdict = options.selection().judge(below(root, place), stat.isDirectory(), parent);
      if (verdict == Verdict.LEFT) {
        continue;
      }
      entries++;
      bytes += stat.isRegular() ? stat.size() : 0;
      sockets += stat.type() == FileType.SOCKET ? 1 : 0;
      if (mounts.isMountPoint(place)) {
        mounted(place);
        if (options.oneFileSystem()) {
          continue;
        }
      }
      if (stat.isDirectory()) {
        sample(root, place, verdict, mounts);
      }
    }
  }

  private static TreePath below(FilePath root, FilePath place) {
    byte[] all = place.toBytes();
    int from = root.length() == 1 ? 1 : root.length() + 1;
    return TreePath.ofBytes(Arrays.copyOfRange(all, from, all.length));
  }

  private void mounted(FilePath place) {
    if (options.oneFileSystem()) {
      add(
          Severity.WARNING,
          place,
          "is a mount point: what is in it is not backed up (one_file_system)",
          "Make it a component of its own if it holds state.");
    } else {
      add(
          Severity.WARNING,
          place,
          "is a mount point: it is backed up, and a restore in place is refused while it is mounted",
          "Make it a component of its own and exclude it here.");
    }
  }

  private void space(FilePath root) throws IOException {
    Space space = files.space(root);
    if (space.usable() < bytes) {
      add(
          Severity.WARNING,
          root,
          "a restore needs " + bytes + " bytes beside it, and " + space.usable() + " are free",
          "Make room before you need it, or restore elsewhere with --to.");
    }
  }

  private void command(Optional<SourceCommand> command) {
    if (command.isEmpty()) {
      return;
    }
    ProgramLookup.problem(files, command.get().arguments().getFirst())
        .ifPresent(problem ->
            findings.add(
                new Finding(
                    Severity.ERROR,
                    command.get().name(),
                    problem,
                    "Correct the command, or install the program.")));
  }

  private void add(Severity severity, FilePath subject, String message, String guidance) {
    findings.add(new Finding(severity, subject.toString(), message, guidance));
  }
}
