package io.holdfast.example.platform;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The platform's files: memory, configuration, checkpoints. What this file system does not know
 * (extended attributes) is left out.
 */
final class PlatformFiles {
  private static final int AGENTS = 24;
  private static final int NOTES = 120;
  private static final int CHECKPOINTS = 6;
  private static final int CHECKPOINT_BYTES = 192 << 10;
  private static final int SPARSE_BYTES = 16 << 20;
  private static final long FIRST_CHANGE = 1_767_600_000L;
  private static final byte[] NO_TEXT = {'n', 'o', 't', 'e', '-', (byte) 0xe4, (byte) 0xff, '!'};
  private static final String[] WORDS = {
    "the",
    "customer",
    "prefers",
    "a",
    "short",
    "answer",
    "invoice",
    "deadline",
    "Zürich",
    "moved",
    "see",
    "also",
    "ticket",
    "and",
    "never",
    "call",
    "before",
    "noon",
    "—",
    "記憶",
    "budget",
    "ok"
  };

  private final FileLayer files;
  private final FilePath home;
  private final SplittableRandom random = new SplittableRandom(Platform.SEED + 2);

  PlatformFiles(FileLayer files, FilePath home) {
    this.files = files;
    this.home = home;
  }

  void create() throws IOException {
    memory();
    configuration();
    checkpoints();
  }

  private void memory() throws IOException {
    FilePath memory = directory("memory", 0755);
    for (int agent = 1; agent <= AGENTS; agent++) {
      FilePath own = directory(String.format("memory/agent-%02d", agent), 0750);
      for (int note = 1; note <= NOTES; note++) {
        if (note % 30 == 1) {
          files.createDirectory(own.resolve(String.format("week-%02d", note / 30)), 0755);
        }
        String name = String.format("week-%02d/note-%03d.md", (note - 1) / 30, note);
        write(own.resolve(name), text(40 + random.nextInt(700)), note % 7 == 0 ? 0600 : 0644);
      }
      link(own.resolve("latest.md"), String.format("week-03/note-%03d.md", NOTES));
      files.createHardLink(own.resolve("pinned.md"), own.resolve("week-00/note-001.md"));
    }
    link(memory.resolve("dangling"), "agent-99/gone.md");
    link(memory.resolve("agent-01/up"), "..");
    write(memory.resolve("reindex.sh"), "#!/bin/sh\nexec true\n", 0755);
    write(memory.resolve("empty"), "", 0644);
    write(memory.resolve(NO_TEXT), "a name that is no text\n", 0644);
    write(memory.resolve("a name\nof two lines"), "odd, and allowed\n", 0640);
    directory("memory/inbox", 01777);
    sparse(memory.resolve("vectors.idx"));
    attributed(memory.resolve("agent-01/labelled.md"));
    // Last, since what is created in a directory changes its time.
    files.setModified(memory.resolve("inbox"), time());
    files.setModified(memory, time());
  }

  private void sparse(FilePath path) throws IOException {
    var block = new byte[64 << 10];
    random.nextBytes(block);
    try (WritableFile file = files.create(path, 0644)) {
      file.write(ByteBuffer.wrap(block), 5 << 20);
      file.setLength(SPARSE_BYTES);
    }
    files.setModified(path, time());
  }

  private void attributed(FilePath path) throws IOException {
    write(path, "has an extended attribute\n", 0644);
    try {
      files.setAttribute(
          path,
          "user.topic".getBytes(StandardCharsets.UTF_8),
          "déjà vu".getBytes(StandardCharsets.UTF_8));
    } catch (FileLayerException e) {
      if (e.reason() != Reason.NOT_SUPPORTED && e.reason() != Reason.NOT_PERMITTED) {
        throw e;
      }
    }
  }

  private void configuration() throws IOException {
    directory("configuration", 0755);
    configuration("platform.yaml", "name: example\nlisten: 127.0.0.1:8080\nworkers: 4\n");
    configuration("agents.yaml", agents());
    configuration("budgets.yaml", "currency: EUR\nmonthly_limit: 5000\nalert_at: 0.8\n");
    configuration(
        "models.yaml", "default: small\nsmall: {context: 16000}\nlarge: {context: 200000}\n");
  }

  private String agents() {
    var yaml = new StringBuilder("agents:\n");
    for (int agent = 1; agent <= AGENTS; agent++) {
      yaml.append(
          String.format("  agent-%02d: {role: worker, share: %d}\n", agent, random.nextInt(9)));
    }
    return yaml.toString();
  }

  private void configuration(String name, String yaml) throws IOException {
    write(home.resolve("configuration").resolve(name), yaml, 0640);
  }

  private void checkpoints() throws IOException {
    FilePath checkpoints = directory("checkpoints", 0755);
    for (int step = 1; step <= CHECKPOINTS; step++) {
      FilePath own = directory(String.format("checkpoints/step-%05d", step * 1000), 0755);
      var state = new byte[CHECKPOINT_BYTES];
      random.nextBytes(state);
      write(own.resolve("weights.bin"), state, 0644);
      write(own.resolve("state.json"), "{\"step\": " + step * 1000 + "}\n", 0644);
    }
    link(checkpoints.resolve("latest"), String.format("step-%05d", CHECKPOINTS * 1000));
  }

  private String text(int words) {
    var text = new StringBuilder("# Note\n\n");
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(i % 14 == 13 ? '\n' : ' ');
    }
    return text.append('\n').toString();
  }

  private FilePath directory(String name, int mode) throws IOException {
    FilePath path = home.resolve(name);
    files.createDirectory(path, mode);
    return path;
  }

  private void link(FilePath path, String target) throws IOException {
    files.createSymlink(path, target.getBytes(StandardCharsets.UTF_8));
    files.setModified(path, time());
  }

  private void write(FilePath path, String content, int mode) throws IOException {
    write(path, content.getBytes(StandardCharsets.UTF_8), mode);
  }

  private void write(FilePath path, byte[] content, int mode) throws IOException {
    try (WritableFile file = files.create(path, mode)) {
      file.write(ByteBuffer.wrap(content), 0);
    }
    files.setModified(path, time());
  }

  private FileTime time() {
    return new FileTime(FIRST_CHANGE + random.nextInt(10_000_000), random.nextInt(1_000_000_000));
  }
}
