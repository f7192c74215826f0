package io.holdfast.store.files;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.artifact.TreePath;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.component.RestoreContext;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Captures, checks and restores single files, stored under their absolute paths. */
final class FileHandler implements ComponentHandler {
  /** The one artifact: a tree of the files and the directories that lead to them. */
  static final String ARTIFACT = "files";

  private static final FilePath ROOT = FilePath.of("/");

  private final FileLayer files;
  private final FileOptions options;

  FileHandler(FileLayer files, FileOptions options) {
    this.files = files;
    this.options = options;
  }

  @Override
  public Map<String, String> source() {
    return options.toSource();
  }

  @Override
  public List<FilePath> places() {
    return options.paths();
  }

  @Override
  public Capture capture(CaptureContext context) throws IOException {
    List<FilePath> paths = new ArrayList<>(options.paths());
    paths.sort(Comparator.comparing(FileHandler::treePath, FileHandler::depthFirst));
    // All are looked for before one is read: a missing one is told at once.
    Map<FilePath, FilePath> places = new LinkedHashMap<>();
    for (FilePath path : paths) {
      attempt(context, path, () -> places.put(path, existing(path)));
    }
    var capture = new FileCapture(files, context);
    for (var place : places.entrySet()) {
      attempt(context, place.getKey(), () -> add(capture, place.getKey(), place.getValue()));
    }
    if (capture.isEmpty()) {
      throw TreeCapture.missing(paths.getFirst());
    }
    return capture;
  }

  private interface Step {
    void run() throws IOException;
  }

  /**
   * In a safety backup, a file that is missing or unreadable must not keep the others out of it.
   */
  private static void attempt(CaptureContext context, FilePath path, Step step) throws IOException {
    try {
      step.run();
    } catch (HoldfastException e) {
      if (context.purpose() != Purpose.SAFETY || e.code().kind() != ErrorCode.Kind.SOURCE) {
        throw e;
      }
      context.warn(path + " is not in this backup: " + e.message());
    }
  }

  private static void add(FileCapture capture, FilePath path, FilePath place) throws IOException {
    try {
      capture.add(treePath(path), place);
    } catch (FileLayerException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        throw TreeCapture.missing(path);
      }
      if (e.reason() == Reason.NOT_PERMITTED) {
        throw LiveContent.unreadable(path, e);
      }
      throw e;
    }
  }

  static TreePath treePath(FilePath path) {
    byte[] bytes = path.toBytes();
    return TreePath.ofBytes(Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  /** The order of a walk, in which a directory's contents come before its next sibling. */
  private static int depthFirst(TreePath a, TreePath b) {
    return Arrays.compareUnsigned(slashesFirst(a), slashesFirst(b));
  }

  private static byte[] slashesFirst(TreePath path) {
    byte[] bytes = path.toBytes();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '/' ? 0 : bytes[i];
    }
    return bytes;
  }

  private FilePath existing(FilePath path) throws IOException {
    try {
      FileStat stat = files.follow(path);
      if (!stat.isRegular()) {
        throw new HoldfastException(
                ErrorCode.SOURCE_INVALID,
                path + " is no regular file",
                stat.isDirectory()
                    ? "Use the kind 'directory' for directories."
                    : "Leave it out of the component.")
            .with("path", path.toString());
      }
      return files.resolveLinks(path);
    } catch (FileLayerException e) {
      switch (e.reason()) {
        case NOT_FOUND, NOT_A_DIRECTORY -> throw TreeCapture.missing(path);
        case NOT_PERMITTED -> throw LiveContent.unreadable(path, e);
        default -> throw e;
      }
    }
  }

  @Override
  public List<CheckResult> check(ArtifactSource source, RestoreContext context) throws IOException {
    return TreeCheck.run(source, ARTIFACT, context);
  }

  @Override
  public StagedRestore stage(ArtifactSource source, RestoreContext context) throws IOException {
    if (context.destination().isPresent()) {
      return new FileStage(files, context, Set.of(), context.destination().get()).execute(source);
    }
    Set<TreePath> wanted = new HashSet<>();
    options.paths().forEach(path -> wanted.add(treePath(path)));
    return new FileStage(files, context, wanted, ROOT).execute(source);
  }

  @Override
  public void recover(UndoRecord record, RestoreContext context) throws IOException {
    UndoDetails.of(record.details()).undo(files);
  }

  @Override
  public List<Finding> inspect() throws IOException {
    var findings = new ArrayList<Finding>();
    MountPoints mounts = MountPoints.read(files);
    for (FilePath path : options.paths()) {
      try {
        FilePath place = existing(path);
        files.open(place).close();
        findings.add(new Finding(Severity.OK, path.toString(), "can be read", ""));
        if (mounts.isMountPoint(place)) {
          findings.add(
              new Finding(
                  Severity.WARNING,
                  path.toString(),
                  "is a mount point: a restore in place will be refused",
                  "Restore it with --to, and copy the content into it."));
        }
      } catch (HoldfastException e) {
        findings.add(new Finding(Severity.ERROR, path.toString(), e.message(), e.guidance()));
      } catch (FileLayerException e) {
        findings.add(
            new Finding(
                Severity.ERROR,
                path.toString(),
                "cannot be read: " + e.reason().words(),
                "Let Holdfast's user read it."));
      }
    }
    return findings;
  }
}
