package io.holdfast.store.files;

import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext.Purpose;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.RunId;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.MapSettings;
import io.holdfast.testkit.handler.TestCaptureContext;
import io.holdfast.testkit.handler.TestRestoreContext;
import io.holdfast.testkit.tree.TreeFixture;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A live directory {@code data} and the engine's part in capturing and restoring it. */
final class Live implements AutoCloseable {
  static final RunId RUN = new RunId("20260101-120000-000007");

  final FileLayer files = PosixFileLayer.create();
  final FilePath root;
  private final Path temporary;
  private final Map<String, String> settings = new HashMap<>();
  private int directories;

  Live(Path temporary) throws IOException {
    this.temporary = temporary;
    this.root = FilePath.of(temporary.resolve("live/data"));
    Files.createDirectory(temporary.resolve("live"));
    settings.put("path", root.toString());
  }

  Live with(String key, String... values) {
    settings.put(key, String.join("\n", values));
    return this;
  }

  Live without(String key) {
    settings.remove(key);
    return this;
  }

  FilePath at(String name) {
    return root.resolve(name);
  }

  /** Makes the root and directories in it. */
  Live directories(String... names) throws IOException {
    for (String name : names) {
      FileTrees.createDirectories(files, name.isEmpty() ? root : at(name), 0755);
    }
    return this;
  }

  Live file(String name, String content) throws IOException {
    FileTrees.createDirectories(files, at(name).parent(), 0755);
    TreeFixture.write(files, at(name), content);
    return this;
  }

  String read(String name) throws IOException {
    return new String(
        FileTrees.readAll(files, at(name), 1 << 20), java.nio.charset.StandardCharsets.UTF_8);
  }

  boolean exists(String name) throws IOException {
    return files.find(at(name)).isPresent();
  }

  TreeSnapshot snapshot() throws IOException {
    return TreeSnapshot.of(files, root);
  }

  /** All that lies beside the root, and the root. */
  TreeSnapshot surroundings() throws IOException {
    return TreeSnapshot.of(files, root.parent()).only(path -> !path.isRoot());
  }

  ComponentHandler handler() {
    return handler(files);
  }

  ComponentHandler handler(FileLayer through) {
    var bound = new MapSettings(settings);
    ComponentHandler handler = new DirectoryKind().handler(bound, through);
    if (!bound.problems().isEmpty()) {
      throw new AssertionError(bound.problems().toString());
    }
    return handler;
  }

  DirectorySink capture() throws IOException {
    return capture(handler(), new TestCaptureContext());
  }

  DirectorySink capture(ComponentHandler handler, TestCaptureContext context) throws IOException {
    var sink = sink();
    try (Capture capture = handler.capture(context)) {
      capture.writeTo(sink);
    }
    return sink;
  }

  DirectorySink sink() throws IOException {
    return new DirectorySink(directory("sink"));
  }

  static TestCaptureContext safety() {
    return new TestCaptureContext(Purpose.SAFETY, Clock.systemUTC());
  }

  TestRestoreContext restoring() throws IOException {
    return new TestRestoreContext(RUN, FilePath.of(directory("scratch")));
  }

  StagedRestore stage(DirectorySink sink) throws IOException {
    return handler().stage(sink.source(), restoring());
  }

  void restore(DirectorySink sink) throws IOException {
    StagedRestore staged = stage(sink);
    staged.commit();
    staged.finish();
  }

  Path directory(String name) throws IOException {
    return Files.createDirectory(temporary.resolve(name + "-" + directories++));
  }

  /** Removes everything, also names that are no text. */
  @Override
  public void close() throws IOException {
    FilePath all = FilePath.of(temporary);
    for (byte[] name : files.list(all)) {
      FileTrees.deleteTree(files, all.resolve(name));
    }
  }
}
