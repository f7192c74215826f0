package io.holdfast.store.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.MapSettings;
import io.holdfast.testkit.handler.TestCaptureContext;
import io.holdfast.testkit.handler.TestRestoreContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHandlerTest {
  @TempDir Path temporary;
  private Live live;

  @BeforeEach
  void makeFiles() throws Exception {
    live = new Live(temporary).file("etc/app.yaml", "a").file("etc/app/b.yaml", "b").file("c", "c");
  }

  @AfterEach
  void clean() throws Exception {
    live.close();
  }

  private ComponentHandler handler(String... names) {
    String paths =
        Arrays.stream(names).map(n -> live.at(n).toString()).collect(Collectors.joining("\n"));
    var settings = new MapSettings(Map.of("paths", paths));
    ComponentHandler handler = new FileKind().handler(settings, live.files);
    assertThat(settings.problems()).isEmpty();
    return handler;
  }

  private DirectorySink capture(String... names) throws IOException {
    return live.capture(handler(names), new TestCaptureContext());
  }

  @Test
  @DisplayName("files are stored under their absolute paths, in the order of a walk")
  void listing() throws Exception {
    String top = live.root.toString().substring(1);
    assertThat(
            capture("etc/app.yaml", "c", "etc/app/b.yaml").entries("files").stream()
                .map(e -> e.path().toString())
                .filter(p -> p.startsWith(top + "/")))
        .containsExactly(
            top + "/c",
            top + "/etc",
            top + "/etc/app",
            top + "/etc/app/b.yaml",
            top + "/etc/app.yaml");
  }

  @Test
  @DisplayName("one missing of several fails, and is named")
  void oneMissing() {
    var failure = catchThrowableOfType(HoldfastException.class, () -> capture("c", "etc/missing"));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_MISSING);
    assertThat(failure.message()).contains("etc/missing");
  }

  @Test
  @DisplayName("a safety backup holds the files that are there, and names those that are not")
  void safetyWithOneMissing() throws Exception {
    TestCaptureContext safety = Live.safety();
    DirectorySink sink = live.capture(handler("c", "etc/missing"), safety);
    assertThat(sink.artifacts().getFirst().files()).isEqualTo(1);
    assertThat(safety.warnings()).singleElement().asString().contains("etc/missing");
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> live.capture(handler("etc/missing"), Live.safety()));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_MISSING);
  }

  @Test
  void aDirectoryIsRefused() {
    var failure = catchThrowableOfType(HoldfastException.class, () -> capture("etc"));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_INVALID);
    assertThat(failure.guidance()).contains("directory");
  }

  @Test
  @DisplayName("a large file is streamed, a small one held from the moment of the capture")
  void largeAndSmall() throws Exception {
    var large = new byte[9 << 20];
    Arrays.fill(large, (byte) 'l');
    FileTrees.writeNew(live.files, live.at("large"), large, 0600);
    DirectorySink sink = live.sink();
    try (Capture capture = handler("c", "large").capture(new TestCaptureContext())) {
      live.files.delete(live.at("c"));
      live.file("c", "after the capture");
      capture.writeTo(sink);
    }
    restore(handler("c", "large"), sink, live.restoring());
    assertThat(live.read("c")).isEqualTo("c");
    assertThat(live.files.find(live.at("large")).orElseThrow().size()).isEqualTo(large.length);
  }

  private static void restore(
      ComponentHandler handler, DirectorySink sink, TestRestoreContext context) throws IOException {
    StagedRestore staged = handler.stage(sink.source(), context);
    staged.commit();
    staged.finish();
  }

  @Test
  @DisplayName("a link is followed: the file that it leads to is replaced, and the link stays")
  void links() throws Exception {
    live.files.createSymlink(live.at("link"), "etc/app.yaml".getBytes(UTF_8));
    DirectorySink sink = capture("link");
    live.files.delete(live.at("etc/app.yaml"));
    live.file("etc/app.yaml", "changed");
    restore(handler("link"), sink, live.restoring());
    assertThat(live.files.find(live.at("link")).orElseThrow().isSymlink()).isTrue();
    assertThat(live.read("etc/app.yaml")).isEqualTo("a");

    FileTrees.deleteTree(live.files, live.at("etc"));
    restore(handler("link"), sink, live.restoring());
    assertThat(live.files.find(live.at("link")).orElseThrow().isSymlink()).isTrue();
    assertThat(live.read("etc/app.yaml")).isEqualTo("a");
  }

  @Test
  void linksInACircleAreRefused() throws Exception {
    DirectorySink sink = capture("c");
    live.files.delete(live.at("c"));
    live.files.createSymlink(live.at("c"), "c".getBytes(UTF_8));
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> restore(handler("c"), sink, live.restoring()));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
  }

  @Test
  void aDirectoryInPlaceOfTheFileIsRefused() throws Exception {
    DirectorySink sink = capture("c");
    live.files.delete(live.at("c"));
    live.files.createDirectory(live.at("c"), 0755);
    var before = live.surroundings();
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> restore(handler("c"), sink, live.restoring()));
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
    before.assertSame(live.surroundings());
  }

  @Test
  @Tag("P4")
  @DisplayName(
      "P4: directories that were missing are made as they were, and are gone after a roll back")
  void missingDirectories() throws Exception {
    live.files.setMode(live.at("etc/app"), 0710);
    DirectorySink sink = capture("etc/app/b.yaml");
    FileTrees.deleteTree(live.files, live.at("etc"));
    var before = live.surroundings().only(p -> !p.toString().equals("data"));
    TestRestoreContext context = live.restoring();
    StagedRestore staged = handler("etc/app/b.yaml").stage(sink.source(), context);
    staged.commit();
    assertThat(live.files.find(live.at("etc/app")).orElseThrow().mode()).isEqualTo(0710);
    assertThat(live.read("etc/app/b.yaml")).isEqualTo("b");
    staged.rollBack();
    context.removeCreated();
    before.assertSame(live.surroundings().only(p -> !p.toString().equals("data")));
  }

  @Test
  @DisplayName("a file that the component no longer names is left alone, and that is said")
  void noLongerNamed() throws Exception {
    DirectorySink sink = capture("c", "etc/app.yaml");
    live.files.delete(live.at("etc/app.yaml"));
    live.file("etc/app.yaml", "today's");
    TestRestoreContext context = live.restoring();
    restore(handler("c"), sink, context);
    assertThat(live.read("etc/app.yaml")).isEqualTo("today's");
    assertThat(context.warnings()).singleElement().asString().contains("no longer names it");
  }

  @Test
  void aMountedFileIsRefused() throws Exception {
    DirectorySink sink = capture("c");
    Process mount =
        new ProcessBuilder(
                "mount", "--bind", live.at("etc/app.yaml").toString(), live.at("c").toString())
            .start();
    org.junit.jupiter.api.Assumptions.assumeTrue(mount.waitFor() == 0, "only root mounts");
    try {
      var failure =
          catchThrowableOfType(
              HoldfastException.class, () -> restore(handler("c"), sink, live.restoring()));
      assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_UNSUITABLE);
      assertThat(failure.message()).contains("mount point");
    } finally {
      assertThat(new ProcessBuilder("umount", live.at("c").toString()).start().waitFor()).isZero();
    }
  }

  @Test
  void pathAndPathsTogetherAreAProblem() {
    var settings = new MapSettings(Map.of("path", "/a", "paths", "/b"));
    new FileKind().handler(settings, live.files);
    assertThat(settings.problems()).anyMatch(p -> p.contains("both"));
    var none = new MapSettings(Map.of());
    new FileKind().handler(none, live.files);
    assertThat(none.problems()).anyMatch(p -> p.startsWith("path:"));
  }

  @Test
  void theKindsAreFound() {
    List<String> names =
        java.util.ServiceLoader.load(io.holdfast.engine.component.ComponentKind.class).stream()
            .map(p -> p.get().name())
            .toList();
    assertThat(names).contains("directory", "file");
  }
}
