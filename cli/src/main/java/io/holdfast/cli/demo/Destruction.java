package io.holdfast.cli.demo;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.example.platform.Platform;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Destroys a platform that does not run any more, in each of the ways that platforms die. */
final class Destruction {
  private static final int PAGE = 4096;
  private static final int GARBLED_PAGES = 24;

  private final Platform platform;
  private final FileLayer files;
  private final Random random = new Random(13);

  Destruction(Platform platform, FileLayer files) {
    this.platform = platform;
    this.files = files;
  }

  /** Destroys, and says what was done, a line for each. */
  List<String> execute() throws IOException {
    var done = new ArrayList<String>();
    done.add(database());
    done.add(sessions());
    done.add(memory());
    done.add(swapped());
    done.add(configuration());
    done.add(checkpoints());
    return done;
  }

  private String database() throws IOException {
    Path database = platform.database();
    Files.deleteIfExists(beside(database, "-wal"));
    Files.deleteIfExists(beside(database, "-shm"));
    try (var file = new RandomAccessFile(database.toFile(), "rw")) {
      long kept = file.length() * 3 / 5 / PAGE;
      file.setLength(kept * PAGE);
      var noise = new byte[PAGE];
      for (int i = 0; i < GARBLED_PAGES; i++) {
        random.nextBytes(noise);
        file.seek((1 + random.nextInt((int) kept - 1)) * (long) PAGE);
        file.write(noise);
      }
    }
    return "database: -wal deleted, cut to 60 %, "
        + GARBLED_PAGES
        + " pages overwritten with noise";
  }

  private String sessions() throws IOException {
    Files.delete(platform.sessions());
    Files.deleteIfExists(beside(platform.sessions(), "-wal"));
    Files.deleteIfExists(beside(platform.sessions(), "-shm"));
    return "sessions: the database deleted";
  }

  private String memory() throws IOException {
    int deleted = 0;
    int garbled = 0;
    List<Path> notes;
    try (Stream<Path> paths = Files.walk(platform.memory().resolve("agent-03"))) {
      notes = paths.filter(Files::isRegularFile).sorted().toList();
    }
    for (int i = 0; i < notes.size(); i++) {
      if (i % 3 == 0) {
        Files.delete(notes.get(i));
        deleted++;
      } else if (i % 3 == 1) {
        garble(notes.get(i));
        garbled++;
      }
    }
    FileTrees.deleteTree(files, FilePath.of(platform.memory().resolve("agent-05")));
    Files.createDirectory(platform.memory().resolve("agent-05"));
    Files.writeString(platform.memory().resolve("agent-05/ransom.txt"), "all your notes\n");
    return "memory: "
        + deleted
        + " files deleted, "
        + garbled
        + " garbled, agent-05 emptied but for a ransom note";
  }

  private String swapped() throws IOException {
    FileTrees.deleteTree(files, FilePath.of(platform.memory().resolve("agent-07")));
    Files.writeString(platform.memory().resolve("agent-07"), "a file, not a directory\n");
    files.setMode(FilePath.of(platform.memory().resolve("reindex.sh")), 0600);
    return "memory: agent-07 is a file now, and a program is no longer executable";
  }

  private String configuration() throws IOException {
    int emptied = 0;
    try (Stream<Path> paths = Files.list(platform.configuration())) {
      for (Path file : paths.toList()) {
        Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
        emptied++;
      }
    }
    return "configuration: " + emptied + " files emptied";
  }

  private String checkpoints() throws IOException {
    FileTrees.deleteTree(files, FilePath.of(platform.checkpoints()));
    return "checkpoints: the whole directory removed";
  }

  private void garble(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < content.length; i += 7) {
      content[i] ^= (byte) (1 + random.nextInt(255));
    }
    Files.write(file, content);
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
