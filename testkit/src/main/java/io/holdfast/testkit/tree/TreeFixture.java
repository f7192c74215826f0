package io.holdfast.testkit.tree;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.FileType;
import io.holdfast.engine.file.WritableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Makes a tree with everything in it that backup tools get wrong. What this process or this file
 * system cannot do (owners and devices without privileges, extended attributes) is left out
 * silently: the fixture is compared with itself. Always the same tree for the same abilities.
 */
public final class TreeFixture {
  private static final long MEBIBYTE = 1 << 20;

  /** A name that is no text: Latin-1, then a lone continuation byte, then line feed and escape. */
  static final byte[] NOT_TEXT = {'n', (byte) 0xe4, 'm', (byte) 0x80, '\n', 0x1b, 'e'};

  private final FileLayer files;
  private final FilePath root;

  private TreeFixture(FileLayer files, FilePath root) {
    this.files = files;
    this.root = root;
  }

  /** Makes the tree in a directory that does not exist yet; its parent does. */
  public static void make(FileLayer files, FilePath root) throws IOException {
    files.createDirectory(root, 0755);
    var fixture = new TreeFixture(files, root);
    fixture.plainFiles();
    fixture.modes();
    fixture.times();
    fixture.links();
    fixture.sparseFiles();
    fixture.names();
    fixture.deepNesting();
    fixture.specials();
    fixture.attributes();
    fixture.owners();
    fixture.directoriesLast();
  }

  /** Writes a file with some bytes, mode 0644. */
  public static void write(FileLayer files, FilePath path, byte[] content) throws IOException {
    try (WritableFile file = files.create(path, 0644)) {
      file.write(ByteBuffer.wrap(content), 0);
    }
  }

  /** Writes a file with a text, mode 0644. */
  public static void write(FileLayer files, FilePath path, String content) throws IOException {
    write(files, path, content.getBytes(StandardCharsets.UTF_8));
  }

  private void plainFiles() throws IOException {
    write(files, root.resolve("hello.txt"), "hello\n");
    write(files, root.resolve("empty"), "");
    write(files, root.resolve("large.bin"), bytes((int) MEBIBYTE + 17));
    files.createDirectory(root.resolve("empty-directory"), 0755);
    directory("many");
    for (int i = 0; i < 60; i++) {
      write(files, root.resolve("many/file-" + i), bytes(i * 97));
    }
  }

  private void modes() throws IOException {
    directory("modes");
    for (int mode : new int[] {0644, 0600, 0755, 0444, 0777, 04755, 02755, 01644, 06711}) {
      FilePath path = root.resolve("modes/" + Integer.toOctalString(mode));
      write(files, path, "mode");
      files.setMode(path, mode);
    }
    FilePath none = root.resolve("modes/0");
    write(files, none, "nobody may read this");
    files.setMode(none, 0);
    if (!isReadable(none)) {
      files.delete(none);
    }
    files.createDirectory(root.resolve("modes/sticky"), 01777);
    files.createDirectory(root.resolve("modes/setgid"), 02775);
  }

  private boolean isReadable(FilePath path) throws IOException {
    try {
      files.open(path).close();
      return true;
    } catch (FileLayerException e) {
      if (e.reason() == Reason.NOT_PERMITTED) {
        return false;
      }
      throw e;
    }
  }

  private void times() throws IOException {
    directory("times");
    time("times/nanoseconds", new FileTime(1_700_000_000L, 123_456_789));
    time("times/before-1970", new FileTime(-86_400L * 365, 999_999_999));
    time("times/epoch", new FileTime(0, 0));
    time("times/after-2038", new FileTime(4_000_000_000L, 1));
  }

  private void time(String name, FileTime time) throws IOException {
    write(files, root.resolve(name), name);
    files.setModified(root.resolve(name), time);
  }

  private void links() throws IOException {
    directory("links");
    symlink("links/relative", "../hello.txt");
    symlink("links/dangling", "no/such/file");
    symlink("links/absolute", "/etc/hostname");
    symlink("links/itself", "itself");
    symlink("links/loop-a", "loop-b");
    symlink("links/loop-b", "loop-a");
    symlink("links/up", "../..");
    symlink("links/to-directory", "../many");
    files.createSymlink(root.resolve("links/not-text"), NOT_TEXT);
    files.setModified(root.resolve("links/dangling"), new FileTime(1_234_567_890L, 987_654_321));

    write(files, root.resolve("links/first"), "one file, three names");
    files.createHardLink(root.resolve("links/second"), root.resolve("links/first"));
    directory("links/elsewhere");
    files.createHardLink(root.resolve("links/elsewhere/third"), root.resolve("links/first"));
    write(files, root.resolve("links/empty-first"), "");
    files.createHardLink(root.resolve("links/empty-second"), root.resolve("links/empty-first"));
  }

  private void symlink(String name, String target) throws IOException {
    files.createSymlink(root.resolve(name), target.getBytes(StandardCharsets.UTF_8));
  }

  private void sparseFiles() throws IOException {
    directory("sparse");
    sparse("sparse/at-start", MEBIBYTE, 0);
    sparse("sparse/in-the-middle", 2 * MEBIBYTE, MEBIBYTE);
    sparse("sparse/at-end", MEBIBYTE, MEBIBYTE - 65536);
    sparse("sparse/all-hole", MEBIBYTE + 5);
    sparse("sparse/several", 4 * MEBIBYTE + 3, 0, MEBIBYTE, 3 * MEBIBYTE);
    sparse("sparse/large", 9 * MEBIBYTE, 7 * MEBIBYTE);
  }

  private void sparse(String name, long size, long... data) throws IOException {
    try (WritableFile file = files.create(root.resolve(name), 0640)) {
      for (long at : data) {
        file.write(ByteBuffer.wrap(bytes(65536)), at);
      }
      file.setLength(size);
    }
  }

  private void names() throws IOException {
    directory("names");
    FilePath names = root.resolve("names");
    write(files, names.resolve(NOT_TEXT), "not text");
    files.createDirectory(names.resolve(new byte[] {(byte) 0xff, (byte) 0xfe}), 0755);
    write(files, names.resolve(new byte[] {(byte) 0xff, (byte) 0xfe, '/', 'x'}), "below no text");
    for (String name :
        new String[] {
          " ",
          "-rf",
          "*",
          "?[a]",
          "a b",
          "a\nb",
          "a\tb",
          "\"quoted\"",
          "'",
          "\\",
          "$(x)",
          "~",
          "...",
          "..a",
          ".hidden",
          "näme",
          "日本語",
          "e\u0301",
          "\u00e9",
          "name ",
          ";",
          "#",
          "%41",
          "manifest.json"
        }) {
      write(files, names.resolve(name), name);
    }
    var longest = new byte[255];
    Arrays.fill(longest, (byte) 'x');
    write(files, names.resolve(longest), "255 bytes");
    longest[0] = 'd';
    files.createDirectory(names.resolve(longest), 0755);
    // Sorts between a directory and what is in it, if somebody compares whole paths.
    directory("names/sub");
    write(files, names.resolve("sub/x"), "x");
    write(files, names.resolve("sub-y"), "y");
  }

  /** Twelve names of 250 bytes: near the longest path that one call takes, and well past 255. */
  private void deepNesting() throws IOException {
    directory("deep");
    var name = new byte[250];
    Arrays.fill(name, (byte) 'd');
    FilePath path = root.resolve("deep");
    for (int i = 0; i < 12; i++) {
      path = path.resolve(name);
      files.createDirectory(path, 0755);
    }
    write(files, path.resolve("bottom"), "bottom");
  }

  private void specials() throws IOException {
    directory("specials");
    files.createSpecial(root.resolve("specials/fifo"), FileType.FIFO, 0622, 0);
    optional(() ->
        files.createSpecial(root.resolve("specials/null"), FileType.CHARACTER_DEVICE, 0666, 0x103));
  }

  private void attributes() throws IOException {
    directory("attributes");
    FilePath file = root.resolve("attributes/file");
    write(files, file, "with attributes");
    attribute(file, "user.comment", "a comment".getBytes(StandardCharsets.UTF_8));
    attribute(file, "user.empty", new byte[0]);
    attribute(file, "user.binary", new byte[] {0, 1, (byte) 0xff, '\n'});
    files.createDirectory(root.resolve("attributes/directory"), 0755);
    attribute(root.resolve("attributes/directory"), "user.on-directory", new byte[] {'x'});
    // Written by somebody who may, readable by nobody else: the attribute has to come first.
    FilePath readOnly = root.resolve("attributes/read-only");
    write(files, readOnly, "read only");
    attribute(readOnly, "user.kept", new byte[] {'k'});
    files.setMode(readOnly, 0400);
  }

  private void attribute(FilePath path, String name, byte[] value) throws IOException {
    optional(() -> files.setAttribute(path, name.getBytes(StandardCharsets.UTF_8), value));
  }

  private void owners() throws IOException {
    directory("owners");
    write(files, root.resolve("owners/nobody"), "nobody's");
    optional(() -> files.setOwner(root.resolve("owners/nobody"), 65534, 65534));
    write(files, root.resolve("owners/setuid"), "somebody's, setuid");
    optional(() -> files.setOwner(root.resolve("owners/setuid"), 12345, 54321));
    files.setMode(root.resolve("owners/setuid"), 04755);
    files.createSymlink(root.resolve("owners/link"), new byte[] {'x'});
    optional(() -> files.setOwner(root.resolve("owners/link"), 4_000_000_000L, 7));
  }

  /** Times and modes that would not survive, or would be in the way of, further creations. */
  private void directoriesLast() throws IOException {
    for (String name : new String[] {"many", "links", "names", "empty-directory"}) {
      files.setModified(root.resolve(name), new FileTime(1_000_000_000L + name.length(), 5));
    }
    files.createDirectory(root.resolve("read-only"), 0755);
    write(files, root.resolve("read-only/inside"), "in a directory that may not be written");
    files.setMode(root.resolve("read-only"), 0555);
    files.setModified(root, new FileTime(1_600_000_000L, 42));
  }

  private void directory(String name) throws IOException {
    files.createDirectory(root.resolve(name), 0755);
  }

  private static byte[] bytes(int count) {
    var bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void optional(Step step) throws IOException {
    try {
      step.run();
    } catch (FileLayerException e) {
      if (e.reason() != Reason.NOT_PERMITTED && e.reason() != Reason.NOT_SUPPORTED) {
        throw e;
      }
    }
  }
}
