package io.holdfast.engine.repository.directory;

import io.avaje.json.JsonReader;
import io.avaje.json.stream.JsonStream;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileStat;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.manifest.StrictJson;
import io.holdfast.engine.repository.layout.RepositoryLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * {@code holdfast.json}, which makes a directory a repository: {@code
 * {"format":"holdfast-repository","format_version":1}} and a newline, exactly.
 *
 * <p>It is the first thing that is made, under a name that nobody else has, and renamed: of several
 * that create a repository at once one wins, and the others find it.
 *
 * @param files the file layer
 * @param layout the repository
 */
record RepositoryFormat(FileLayer files, RepositoryLayout layout) {
  static final int VERSION = 1;

  private static final String FORMAT = "holdfast-repository";
  private static final byte[] CONTENT =
      ("{\"format\":\"" + FORMAT + "\",\"format_version\":" + VERSION + "}\n")
          .getBytes(StandardCharsets.US_ASCII);
  private static final String TEMPORARY = ".holdfast.json.";
  private static final int MOST = 4096;

  /**
   * Makes the directory a repository, unless it is one.
   *
   * @throws HoldfastException {@code REPOSITORY_UNAVAILABLE}, {@code FORMAT_UNSUPPORTED}
   */
  void create() throws IOException {
    var root = files.find(layout.root());
    boolean fresh = root.isEmpty();
    if (fresh) {
      FileTrees.createDirectories(files, layout.root(), RepositoryLayout.DIRECTORY_MODE);
    }
    if (files.find(layout.formatFile()).isEmpty()) {
      requireEmpty();
      write();
      if (fresh) {
        files.sync(layout.root().parent());
      }
    }
    require();
    for (FilePath directory : directories()) {
      FileTrees.createDirectories(files, directory, RepositoryLayout.DIRECTORY_MODE);
    }
    files.sync(layout.root());
  }

  /**
   * Goes on if the directory is a repository or could be made one. Of one that does not exist the
   * first directory that is missing is made and taken away again: what a file system allows is not
   * known before, and a virtual one allows nothing to anybody.
   *
   * @throws HoldfastException {@code REPOSITORY_UNAVAILABLE}, {@code FORMAT_UNSUPPORTED}
   */
  void examine() throws IOException {
    if (files.find(layout.formatFile()).isPresent()) {
      require();
    } else if (files.find(layout.root()).isPresent()) {
      requireEmpty();
    } else {
      FilePath missing = layout.root();
      while (files.find(missing.parent()).isEmpty()) {
        missing = missing.parent();
      }
      files.createDirectory(missing, RepositoryLayout.DIRECTORY_MODE);
      files.deleteDirectory(missing);
    }
  }

  /**
   * Refuses what is no repository, or one of a newer version.
   *
   * @throws HoldfastException {@code REPOSITORY_UNAVAILABLE}, {@code FORMAT_UNSUPPORTED}
   */
  void require() throws IOException {
    byte[] content;
    try {
      content = FileTrees.readAll(files, layout.formatFile(), MOST);
    } catch (FileLayerException failure) {
      throw switch (failure.reason()) {
        case NOT_FOUND, NOT_A_DIRECTORY -> missing(failure);
        case NOT_PERMITTED ->
            unavailable(
                layout.root() + " may not be read: " + failure.getMessage(),
                "Run Holdfast as the user that owns the repository.");
        default ->
            unavailable(
                layout.formatFile() + " cannot be read: " + failure.getMessage(),
                "Look for errors of the disk in the system's log.");
      };
    }
    if (!Arrays.equals(content, CONTENT)) {
      throw refusal(content);
    }
    requireRealDirectories();
  }

  /** Removes what a creation that died left behind. The caller holds the installation's lock. */
  void tidy() throws IOException {
    for (byte[] name : files.list(layout.root())) {
      if (text(name).startsWith(TEMPORARY)) {
        files.delete(layout.root().resolve(name));
      }
    }
  }

  /** Whether a name in the root of a repository belongs there. */
  static boolean belongs(byte[] name) {
    String text = text(name);
    return RepositoryLayout.isNothing(text)
        || text.equals(RepositoryLayout.FORMAT_FILE)
        || text.startsWith(TEMPORARY)
        || List.of(".running", "completed", "failed", ".deleting").contains(text);
  }

  /** A link would lead what is written and removed there to another place. */
  private void requireRealDirectories() throws IOException {
    for (FilePath directory : directories()) {
      Optional<FileStat> stat = files.find(directory);
      if (stat.isPresent() && !stat.get().isDirectory()) {
        throw unavailable(
            directory + " is no directory",
            "Find out what put it there, and move it away; a symbolic link cannot stand for it.");
      }
    }
  }

  private List<FilePath> directories() {
    return List.of(layout.running(), layout.completed(), layout.failed(), layout.deleting());
  }

  private void requireEmpty() throws IOException {
    List<byte[]> names;
    try {
      names = files.list(layout.root());
    } catch (FileLayerException failure) {
      if (failure.reason() == Reason.NOT_A_DIRECTORY
          && !files.follow(layout.root()).isDirectory()) {
        throw unavailable(
            layout.root() + " is no directory", "Let `path` name a directory, or nothing yet.");
      }
      if (failure.reason() != Reason.NOT_A_DIRECTORY) {
        throw failure;
      }
      names = files.list(files.resolveLinks(layout.root()));
    }
    for (byte[] name : names) {
      if (!RepositoryLayout.isNothing(text(name)) && !text(name).startsWith(TEMPORARY)) {
        if (files.find(layout.formatFile()).isPresent()) {
          return;
        }
        throw unavailable(
            layout.root()
                + " is not empty and no Holdfast repository: it holds "
                + FilePath.display(name),
            "Let `path` name an empty directory, or one that does not exist; for an existing"
                + " repository, make sure that its file system is mounted.");
      }
    }
  }

  private void write() throws IOException {
    byte[] suffix = new byte[8];
    RandomGenerator.getDefault().nextBytes(suffix);
    FilePath fresh = layout.root().resolve(TEMPORARY + HexFormat.of().formatHex(suffix));
    FileTrees.writeNew(files, fresh, CONTENT, RepositoryLayout.FILE_MODE);
    try {
      files.renameNew(fresh, layout.formatFile());
    } catch (FileLayerException taken) {
      files.delete(fresh);
      if (taken.reason() != Reason.ALREADY_EXISTS) {
        throw taken;
      }
    }
  }

  private HoldfastException missing(FileLayerException failure) throws IOException {
    return files.find(layout.root()).isEmpty()
        ? unavailable(
            "there is no repository at " + layout.root() + ": " + failure.getMessage(),
            "Mount the file system that holds it, correct its path, or make the first backup.")
        : unavailable(
            layout.root()
                + " holds no "
                + RepositoryLayout.FORMAT_FILE
                + ", so it is no repository",
            "Correct the path, or make sure that the repository's file system is mounted there.");
  }

  /** What is there and is not version 1: a newer version, or damage. */
  private HoldfastException refusal(byte[] content) {
    try (JsonReader json = JsonStream.builder().build().reader(content)) {
      json.beginObject();
      if (json.hasNextField()
          && json.nextField().equals("format")
          && StrictJson.text(json).equals(FORMAT)
          && json.hasNextField()
          && json.nextField().equals("format_version")) {
        long version = StrictJson.number(json);
        if (version > VERSION) {
          return new HoldfastException(
                  ErrorCode.FORMAT_UNSUPPORTED,
                  "the repository "
                      + layout.root()
                      + " has format version "
                      + version
                      + ", and this version of Holdfast knows up to "
                      + VERSION,
                  "Use the version of Holdfast that wrote it, or a newer one.")
              .with("format_version", Long.toString(version));
        }
      }
    } catch (RuntimeException malformed) {
      // Falls through: it is damaged.
    }
    return unavailable(
        layout.formatFile() + " is damaged",
        "If the rest of the repository is intact, write this line into it: "
            + new String(CONTENT, StandardCharsets.US_ASCII).strip());
  }

  private HoldfastException unavailable(String message, String guidance) {
    return new HoldfastException(ErrorCode.REPOSITORY_UNAVAILABLE, message, guidance)
        .with("path", layout.root().toString());
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
