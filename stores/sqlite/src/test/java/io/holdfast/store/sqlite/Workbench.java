package io.holdfast.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.CaptureContext;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.run.RunId;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.MapSettings;
import io.holdfast.testkit.handler.TestCaptureContext;
import io.holdfast.testkit.handler.TestRestoreContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Captures and restores as the engine does, each time in new directories below a given one. */
final class Workbench {
  private final Path root;
  private int directories;
  private int runs;
  FileLayer files = PosixFileLayer.create();

  Workbench(Path root) {
    this.root = root;
  }

  Path directory(String name) throws IOException {
    return Files.createDirectory(root.resolve(name + "-" + directories++));
  }

  ComponentHandler handler(FilePath database, String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("path", new String(database.toBytes(), java.nio.charset.StandardCharsets.UTF_8));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    var bound = new MapSettings(all);
    ComponentHandler handler = new SqliteKind().handler(bound, files);
    assertThat(bound.problems()).isEmpty();
    return handler;
  }

  ComponentHandler handler(Path database, String... settings) {
    return handler(FilePath.of(database), settings);
  }

  DirectorySink capture(ComponentHandler handler) throws IOException {
    return capture(handler, new TestCaptureContext());
  }

  DirectorySink capture(ComponentHandler handler, CaptureContext context) throws IOException {
    var sink = new DirectorySink(directory("artifacts"));
    try (Capture capture = handler.capture(context)) {
      capture.writeTo(sink);
    }
    assertThat(sink.artifacts()).isNotEmpty().allMatch(artifact -> artifact.isSound());
    return sink;
  }

  static TestCaptureContext safety() {
    return new TestCaptureContext(CaptureContext.Purpose.SAFETY, Clock.systemUTC());
  }

  TestRestoreContext context() throws IOException {
    return new TestRestoreContext(nextRun(), FilePath.of(directory("scratch")));
  }

  RunId nextRun() {
    return new RunId(String.format("20260101-120000-%06d", ++runs));
  }

  void restore(ComponentHandler handler, DirectorySink sink) throws IOException {
    TestRestoreContext context = context();
    assertThat(handler.check(sink.source(), context)).allMatch(CheckResult::ok);
    StagedRestore staged = handler.stage(sink.source(), context);
    staged.commit();
    staged.finish();
  }

  /** Where the copy of a database lies as a plain file. */
  static FilePath copy(DirectorySink sink) {
    return sink.source().plainFile(sink.artifacts().getFirst().name()).orElseThrow();
  }

  /** What a captured copy holds. */
  static List<String> dumpOfCopy(DirectorySink sink) throws Exception {
    try (TestDatabase copy = TestDatabase.open(copy(sink))) {
      return copy.dump();
    }
  }

  static List<String> dump(Path file) throws Exception {
    try (TestDatabase database = TestDatabase.open(file)) {
      return database.dump();
    }
  }

  static TreeSet<String> names(Path directory) throws IOException {
    var names = new TreeSet<String>();
    try (var all = Files.list(directory)) {
      all.forEach(path -> names.add(path.getFileName().toString()));
    }
    return names;
  }
}
