package io.holdfast.store.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.artifact.TreeEntry;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayerException;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.file.ForwardingFileLayer;
import io.holdfast.engine.file.ReadableFile;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.TestCaptureContext;
import io.holdfast.testkit.tree.TreeFixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that an application changes at the worst moment are told for what they are. */
class LiveChangesTest {
  @TempDir Path temporary;
  private Live live;
  private final TestCaptureContext context = new TestCaptureContext();

  @BeforeEach
  void makeTree() throws Exception {
    live = new Live(temporary).file("a", "before").file("busy", "0123456789").file("z", "after");
  }

  @AfterEach
  void clean() throws Exception {
    live.close();
  }

  private interface Action {
    void run() throws IOException;
  }

  /** Does something once, right before an operation on a file, or right after it was opened. */
  private DirectorySink captureWith(String operation, String name, Action action)
      throws IOException {
    return captureWith(operation, name, action, context);
  }

  private DirectorySink captureWith(
      String operation, String name, Action action, TestCaptureContext context) throws IOException {
    var done = new AtomicBoolean();
    var layer =
        new ForwardingFileLayer(live.files) {
          @Override
          protected void before(String called, FilePath path) throws IOException {
            if (called.equals(operation) && path.equals(live.at(name)) && !done.getAndSet(true)) {
              action.run();
            }
          }

          @Override
          public ReadableFile open(FilePath path) throws IOException {
            ReadableFile file = super.open(path);
            boolean now = operation.equals("read") && path.equals(live.at(name));
            return now && !done.getAndSet(true) ? new ActingFile(file, action) : file;
          }
        };
    DirectorySink sink = live.capture(live.handler(layer), context);
    assertThat(done).as("the moment came").isTrue();
    return sink;
  }

  /** Acts after the file was looked at and before its first byte is read. */
  private record ActingFile(ReadableFile file, Action action, AtomicBoolean acted)
      implements ReadableFile {
    ActingFile(ReadableFile file, Action action) {
      this(file, action, new AtomicBoolean());
    }

    @Override
    public io.holdfast.engine.file.FileStat stat() throws IOException {
      return file.stat();
    }

    @Override
    public int read(java.nio.ByteBuffer target, long position) throws IOException {
      if (!acted.getAndSet(true)) {
        action.run();
      }
      return file.read(target, position);
    }

    @Override
    public long nextData(long from) throws IOException {
      return file.nextData(from);
    }

    @Override
    public long nextHole(long from) throws IOException {
      return file.nextHole(from);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private void resize(String name, long size) throws IOException {
    try (var access = new RandomAccessFile(live.at(name).toString(), "rw")) {
      access.setLength(size);
    }
  }

  private void overwrite(String name, String content) throws IOException {
    try (var access = new RandomAccessFile(live.at(name).toString(), "rw")) {
      access.write(content.getBytes(UTF_8));
    }
    live.files.setModified(live.at(name), new FileTime(1_700_000_000, 1));
  }

  private List<String> names(DirectorySink sink) {
    return sink.entries("files").stream().map(e -> e.path().toString()).toList();
  }

  private void restored(DirectorySink sink, String expected) throws IOException {
    live.restore(sink);
    assertThat(live.read("busy")).isEqualTo(expected);
  }

  @Test
  void aFileThatGrowsIsCutAtTheSizeItHad() throws Exception {
    DirectorySink sink = captureWith("read", "busy", () -> resize("busy", 5000));
    assertThat(context.warnings()).containsExactly("busy grew while it was read");
    restored(sink, "0123456789");
  }

  @Test
  void aFileThatShrinksIsPaddedAndThatIsSaid() throws Exception {
    DirectorySink sink = captureWith("read", "busy", () -> resize("busy", 4));
    assertThat(context.warnings())
        .singleElement()
        .asString()
        .startsWith("busy shrank while it was read, from 10 to 4 bytes");
    restored(sink, "0123\0\0\0\0\0\0");
  }

  @Test
  void aFileThatIsRewrittenIsTold() throws Exception {
    captureWith("read", "busy", () -> overwrite("busy", "abcdefghij"));
    assertThat(context.warnings()).containsExactly("busy changed while it was read");
  }

  @Test
  void aFileThatChangesBeforeItIsOpenedIsTold() throws Exception {
    captureWith("open", "busy", () -> overwrite("busy", "abcdefghij"));
    assertThat(context.warnings()).containsExactly("busy changed while it was read");
  }

  @Test
  void aFileThatVanishesIsLeftOutAndTold() throws Exception {
    for (String moment : new String[] {"find", "open", "attributes"}) {
      if (!live.exists("busy")) {
        live.file("busy", "0123456789");
      }
      DirectorySink sink = captureWith(moment, "busy", () -> live.files.delete(live.at("busy")));
      assertThat(names(sink)).as(moment).containsExactly(".", "a", "z");
    }
    assertThat(context.warnings())
        .hasSize(3)
        .allMatch(w -> w.equals("busy vanished before it could be read"));
  }

  @Test
  void aFileThatBecomesALinkIsLeftOutAndTold() throws Exception {
    DirectorySink sink =
        captureWith(
            "open",
            "busy",
            () -> {
              live.files.delete(live.at("busy"));
              live.files.createSymlink(live.at("busy"), "/etc/passwd".getBytes(UTF_8));
            });
    assertThat(names(sink)).containsExactly(".", "a", "z");
    assertThat(context.warnings())
        .singleElement()
        .asString()
        .contains("was replaced by what is no file");
  }

  @Test
  void aDirectoryThatVanishesIsLeftOutAndTold() throws Exception {
    live.directories("inner");
    DirectorySink sink =
        captureWith("list", "inner", () -> live.files.deleteDirectory(live.at("inner")));
    assertThat(names(sink)).doesNotContain("inner");
    assertThat(context.warnings()).containsExactly("inner vanished before it could be read");
  }

  @Test
  @DisplayName("further names of a file are hard links, also if nobody reads it, as it is known")
  void hardLinkOfWhatIsNotRead() throws Exception {
    live.files.createHardLink(live.at("other-name"), live.at("busy"));
    var counting = new CountingSink();

    try (var capture = live.handler().capture(context)) {
      capture.writeTo(counting.asArtifactSink());
    }

    assertThat(counting.files).isEqualTo(3);
    // The root, and the other name.
    assertThat(counting.others).isEqualTo(2);
  }

  @Test
  @DisplayName("a first name that vanishes is not what a hard link refers to")
  void hardLinkOfAVanishedName() throws Exception {
    live.files.createHardLink(live.at("other-name"), live.at("busy"));
    DirectorySink sink = captureWith("open", "busy", () -> live.files.delete(live.at("busy")));
    assertThat(names(sink)).containsExactly(".", "a", "other-name", "z");
    assertThat(sink.entries("files").get(2)).isInstanceOf(TreeEntry.RegularFile.class);
  }

  @Test
  @DisplayName("a component that vanishes before it is read is missing, and not empty")
  void rootVanishes() throws Exception {
    var handler = live.handler();
    try (var capture = handler.capture(context)) {
      io.holdfast.engine.file.FileTrees.deleteTree(live.files, live.root);
      DirectorySink sink = live.sink();
      var failure = catchThrowableOfType(HoldfastException.class, () -> capture.writeTo(sink));
      assertThat(failure).isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_MISSING);
      assertThat(sink.artifacts()).isEmpty();
    }
  }

  @Test
  void warningsAreBounded() throws Exception {
    for (int i = 0; i < 150; i++) {
      live.files.createSpecial(
          live.at("socket-" + i), io.holdfast.engine.file.FileType.SOCKET, 0600, 0);
    }
    live.capture(live.handler(), context);
    assertThat(context.warnings()).hasSize(101);
    assertThat(context.warnings().getLast()).isEqualTo("and 50 more warnings of this kind");
  }

  private ForwardingFileLayer refusing(String operation, String name, Reason reason) {
    return new ForwardingFileLayer(live.files) {
      @Override
      protected void before(String called, FilePath path) throws IOException {
        if (called.equals(operation) && path.equals(live.at(name))) {
          throw new FileLayerException(called, path, reason, "");
        }
      }
    };
  }

  @Test
  @Tag("P8")
  @DisplayName("P8: what may not be read fails the component, and names itself")
  void unreadable() throws Exception {
    live.file("locked/inside", "inside");
    for (String[] refused :
        new String[][] {
          {"open", "busy"}, {"list", "locked"}, {"find", "locked/inside"}, {"attributes", "busy"}
        }) {
      var layer = refusing(refused[0], refused[1], Reason.NOT_PERMITTED);
      var failure =
          catchThrowableOfType(
              HoldfastException.class, () -> live.capture(live.handler(layer), context));
      assertThat(failure).as(refused[0]).isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNREADABLE);
      assertThat(failure.message()).contains(live.at(refused[1]).toString());
      assertThat(failure.guidance()).contains("exclude");
    }
  }

  @Test
  void whatIsExcludedNeedNotBeReadable() throws Exception {
    live.file("locked/inside", "inside").with("exclude", "locked/");
    live.capture(live.handler(refusing("list", "locked", Reason.NOT_PERMITTED)), context);
    assertThat(context.warnings()).isEmpty();
  }

  @Test
  @DisplayName("a safety backup saves what can be read, and says what could not")
  void safetyOfAWreck() throws Exception {
    live.file("locked/inside", "inside");
    for (String[] refused : new String[][] {{"open", "busy"}, {"list", "locked"}}) {
      for (Reason reason : new Reason[] {Reason.NOT_PERMITTED, Reason.INPUT_OUTPUT}) {
        TestCaptureContext safety = Live.safety();
        DirectorySink sink =
            live.capture(live.handler(refusing(refused[0], refused[1], reason)), safety);
        assertThat(names(sink)).contains("a", "z");
        assertThat(safety.warnings()).singleElement().asString().contains(refused[1]);
      }
    }
  }

  @Test
  @Tag("P8")
  @DisplayName(
      "P8: a failing disk fails a backup, and leaves zeros with a warning in a safety backup")
  void damagedBlocks() throws Exception {
    var content = new byte[20_000];
    Arrays.fill(content, (byte) 'x');
    TreeFixture.write(live.files, live.at("large"), content);
    Action broken =
        () -> {
          throw new FileLayerException("read", live.at("large"), Reason.INPUT_OUTPUT, "");
        };
    assertThat(
            catchThrowableOfType(
                FileLayerException.class, () -> captureWith("read", "large", broken)))
        .isNotNull();

    TestCaptureContext safety = Live.safety();
    DirectorySink sink = captureWith("read", "large", broken, safety);
    assertThat(safety.warnings()).singleElement().asString().startsWith("large is damaged");
    live.restore(sink);
    Arrays.fill(content, 0, 4096, (byte) 0);
    assertThat(live.read("large").getBytes(UTF_8)).isEqualTo(content);
  }

  @Test
  @DisplayName("loops of links are kept and never followed; a link to the directory itself is")
  void loops() throws Exception {
    live.files.createSymlink(live.at("loop"), ".".getBytes(UTF_8));
    live.files.createSymlink(live.at("up"), "..".getBytes(UTF_8));
    FilePath link = live.root.withSuffix("-link");
    live.files.createSymlink(link, live.root.name());
    live.with("path", link.toString());
    DirectorySink sink = live.capture();
    assertThat(names(sink)).containsExactly(".", "a", "busy", "loop", "up", "z");
    live.file("added", "x");
    live.restore(sink);
    assertThat(live.exists("added")).isFalse();
    assertThat(live.files.find(link).orElseThrow().isSymlink()).isTrue();
  }
}
