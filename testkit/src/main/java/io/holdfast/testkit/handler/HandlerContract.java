package io.holdfast.testkit.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.artifact.ArtifactSource;
import io.holdfast.engine.artifact.CheckResult;
import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.Change;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.StagedRestore;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.engine.restore.FileSwaps;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.testkit.tree.TreeSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every handler must do, third parties' included: extend it and supply a {@link Subject}.
 *
 * <p>The tests play the engine's part: they capture, transfer, check, stage, commit, roll back and
 * recover in the order that {@link ComponentHandler} promises, against the real source and target.
 */
public abstract class HandlerContract {
  private static final RunId RUN = new RunId("20260101-120000-000042");

  @TempDir Path temporary;
  private Subject subject;
  private ComponentHandler handler;
  private int directories;

  /** One component, not created yet, in an existing empty directory. */
  protected abstract Subject subject(Path directory) throws Exception;

  @BeforeEach
  final void makeSubject() throws Exception {
    subject = subject(directory("live"));
    handler = handler(subject.files());
  }

  /** By the file layer, since trees may hold names and links that others stumble over. */
  @AfterEach
  final void removeAll() throws IOException {
    FilePath all = FilePath.of(temporary);
    for (byte[] name : subject.files().list(all)) {
      FileTrees.deleteTree(subject.files(), all.resolve(name));
    }
  }

  // ------------------------------------------------------------------------------ capturing

  @Test
  @DisplayName("a source that does not exist fails as SOURCE_MISSING")
  void missingSource() {
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> handler.capture(new TestCaptureContext()).close());
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_MISSING);
    assertThat(failure.guidance()).isNotEmpty();
  }

  @Test
  @DisplayName("capturing changes nothing and leaves nothing beside the source")
  void captureLeavesTheSourceAlone() throws Exception {
    subject.create();
    Object before = subject.state();
    TreeSet<String> names = names();
    capture();
    assertSame(before, subject.state());
    assertThat(names()).isEqualTo(names);
  }

  @Test
  @DisplayName("the instant of a capture lies between its call and its return")
  void instant() throws Exception {
    subject.create();
    Instant before = Instant.now();
    try (Capture capture = handler.capture(new TestCaptureContext())) {
      assertThat(capture.instant()).isBetween(before.minusMillis(1), Instant.now().plusMillis(1));
    }
  }

  @Test
  @DisplayName("what changes after the capture is not in the backup")
  void captureIsAView() throws Exception {
    subject.create();
    Object before = subject.state();
    var sink = sink();
    try (Capture capture = handler.capture(new TestCaptureContext())) {
      // A kind whose capture is no instant, and says so, is held to what it says: it reads what is
      // there.
      if (subject.capturesOneInstant()) {
        subject.change();
      }
      capture.writeTo(sink);
    }
    restore(sink.source());
    assertSame(before, subject.state());
  }

  @Test
  @DisplayName("a capture that is closed without a transfer lets the source go")
  void captureClosedUnused() throws Exception {
    subject.create();
    Object before = subject.state();
    handler.capture(new TestCaptureContext()).close();
    subject.change();
    assertDiffers(before, subject.state());
    capture();
  }

  @Test
  @Tag("P9")
  @DisplayName("P9: a capture that is cancelled ends as CANCELLED and leaves no rubbish")
  void captureCancelled() throws Exception {
    subject.create();
    Object before = subject.state();
    TreeSet<String> names = names();
    var context = new TestCaptureContext();
    var sink = sink();
    try (Capture capture = handler.capture(context)) {
      context.cancellation().cancel(Cancellation.Reason.CANCELLED);
      var failure = catchThrowableOfType(HoldfastException.class, () -> capture.writeTo(sink));
      assertThat(failure).isNotNull();
      assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    }
    assertThat(sink.artifacts()).isEmpty();
    assertThat(sink.isTreeOpen()).as("a tree was begun and not closed").isFalse();
    assertSame(before, subject.state());
    assertThat(names()).isEqualTo(names);
  }

  @Test
  @DisplayName("the same state captured twice gives artifacts of the same names")
  void captureTwice() throws Exception {
    subject.create();
    var first = capture().artifacts();
    var second = capture().artifacts();
    assertThat(first).isNotEmpty();
    assertThat(second.stream().map(a -> a.name()))
        .containsExactlyElementsOf(first.stream().map(a -> a.name()).toList());
  }

  // ------------------------------------------------------------------------------ checking

  @Test
  @DisplayName("good artifacts pass the check")
  void checkPasses() throws Exception {
    subject.create();
    DirectorySource source = capture().source();
    assertThat(handler.check(source, context())).isNotEmpty().allMatch(CheckResult::ok);
    assertThat(handler.check(source.streaming(), context())).isNotEmpty().allMatch(CheckResult::ok);
  }

  @Test
  @Tag("P5")
  @DisplayName("P5: damaged artifacts fail the check, and are never restored")
  void checkFailsOnDamage() throws Exception {
    subject.create();
    DirectorySink sink = capture();
    Object before = subject.state();
    TreeSet<String> names = names();
    assertThat(sink.damage()).as("stored files that could be damaged").isPositive();
    for (DirectorySource source : List.of(sink.source(), sink.source().streaming())) {
      List<CheckResult> results = new ArrayList<>();
      Throwable thrown = catchThrowable(() -> results.addAll(handler.check(source, context())));
      if (thrown == null) {
        assertThat(results).as("results of a check of damaged artifacts").anyMatch(r -> !r.ok());
      } else {
        assertCorrupt(thrown);
      }
      assertCorrupt(catchThrowable(() -> handler.stage(source, context())));
      assertSame(before, subject.state());
      assertThat(names()).isEqualTo(names);
    }
  }

  private static void assertCorrupt(Throwable thrown) {
    assertThat(thrown).isInstanceOf(HoldfastException.class);
    assertThat(((HoldfastException) thrown).code().kind()).isEqualTo(ErrorCode.Kind.CORRUPT);
  }

  // ------------------------------------------------------------------------------ restoring

  @Test
  @DisplayName("what was captured is restored equal, over a changed target")
  void restoresOverChanges() throws Exception {
    subject.create();
    Object before = subject.state();
    TreeSet<String> names = names();
    DirectorySink sink = capture();
    subject.change();
    assertDiffers(before, subject.state());
    restore(sink.source());
    assertSame(before, subject.state());
    assertThat(names()).as("names beside the target").isEqualTo(names);

    subject.change();
    restore(sink.source().streaming());
    assertSame(before, subject.state());
  }

  @Test
  @DisplayName("what was captured is restored equal, where nothing is left")
  void restoresOverNothing() throws Exception {
    subject.create();
    Object before = subject.state();
    DirectorySink sink = capture();
    subject.remove();
    restore(sink.source());
    assertSame(before, subject.state());
  }

  @Test
  @DisplayName("what was restored can be captured and restored again")
  void restoreOfARestore() throws Exception {
    subject.create();
    Object before = subject.state();
    DirectorySink first = capture();
    subject.remove();
    restore(first.source());
    DirectorySink second = capture();
    subject.change();
    restore(second.source());
    assertSame(before, subject.state());
  }

  @Test
  @DisplayName("a restore to a destination leaves the live target alone")
  void restoresToADestination() throws Exception {
    subject.create();
    Object before = subject.state();
    DirectorySink sink = capture();
    subject.change();
    Object live = subject.state();
    TreeSet<String> names = names();
    FilePath destination = FilePath.of(directory("destination"));
    var context = new TestRestoreContext(RUN, scratch(), destination, record -> {});
    StagedRestore staged = handler.stage(sink.source(), context);
    staged.commit();
    staged.finish();
    assertSame(before, subject.stateIn(destination));
    assertSame(live, subject.state());
    assertThat(names()).isEqualTo(names);
  }

  @Test
  @DisplayName("changes are told before the commit, the same twice, and none where nothing differs")
  void tellsChanges() throws Exception {
    subject.create();
    DirectorySink sink = capture();
    subject.change();
    StagedRestore staged = handler.stage(sink.source(), context());
    List<Change> changes = staged.changes();
    assertThat(changes).anyMatch(HandlerContract::isRealChange);
    assertThat(staged.changes()).isEqualTo(changes);
    staged.commit();
    staged.finish();
  }

  private static boolean isRealChange(Change change) {
    return change.action() != Change.Action.UNCHANGED;
  }

  // ------------------------------------------------------------------- staging and going back

  @Test
  @Tag("P4")
  @DisplayName("P4: staging leaves the target untouched, and rolling back leaves nothing beside it")
  void stageAndRollBack() throws Exception {
    DirectorySink sink = changed();
    Object live = subject.state();
    TreeSet<String> names = names();
    StagedRestore staged = handler.stage(sink.source(), context());
    assertSame(live, subject.state());
    staged.changes();
    assertSame(live, subject.state());
    staged.rollBack();
    assertSame(live, subject.state());
    assertThat(names()).isEqualTo(names);
    staged.rollBack();
    assertSame(live, subject.state());
    assertThat(names()).isEqualTo(names);
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: rolling back a commit brings the target back, twice if need be")
  void commitAndRollBack() throws Exception {
    DirectorySink sink = changed();
    Object live = subject.state();
    TreeSet<String> names = names();
    StagedRestore staged = handler.stage(sink.source(), context());
    staged.commit();
    assertDiffers(live, subject.state());
    staged.rollBack();
    assertSame(live, subject.state());
    staged.rollBack();
    assertSame(live, subject.state());
    assertThat(names()).isEqualTo(names);
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: rolling back where nothing was leaves nothing")
  void rollBackToNothing() throws Exception {
    subject.create();
    DirectorySink sink = capture();
    subject.remove();
    TreeSet<String> names = names();
    TestRestoreContext context = context();
    StagedRestore staged = handler.stage(sink.source(), context);
    staged.commit();
    staged.rollBack();
    context.removeCreated();
    assertThat(names()).isEqualTo(names);
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: half a commit is rolled back, whichever rename fails")
  void halfACommit() throws Exception {
    DirectorySink sink = changed();
    Object live = subject.state();
    TreeSet<String> names = names();
    for (int k = 1; ; k++) {
      var failing = new FailingRenames(subject.files());
      StagedRestore staged = handler(failing).stage(sink.source(), context());
      failing.failAt(k);
      Throwable failure = catchThrowable(staged::commit);
      failing.failAt(0);
      staged.rollBack();
      assertSame(live, subject.state());
      assertThat(names()).isEqualTo(names);
      if (failure == null) {
        return;
      }
      assertThat(failure)
          .as("what a commit throws")
          .isInstanceOfAny(IOException.class, HoldfastException.class);
    }
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: what is created beside the target was recorded before")
  void recordsFirst() throws Exception {
    DirectorySink sink = changed();
    TreeSet<String> names = names();
    var covered = new ArrayList<String>();
    var strangers = new TreeSet<String>();
    var context =
        new TestRestoreContext(
            RUN,
            scratch(),
            null,
            record -> {
              strangers.addAll(unrecorded(names, covered));
              covered.clear();
              record.swaps().forEach(s -> covered.add(s.staged().toString()));
              record.swaps().forEach(s -> covered.add(s.aside().toString()));
              covered.addAll(record.details().values().stream().flatMap(String::lines).toList());
            });
    StagedRestore staged = handler.stage(sink.source(), context);
    strangers.addAll(unrecorded(names, covered));
    staged.rollBack();
    assertThat(strangers).as("created beside the target without a record").isEmpty();
  }

  private List<String> unrecorded(TreeSet<String> before, List<String> covered) {
    return names().stream()
        .filter(name -> !before.contains(name))
        .filter(name -> covered.stream().noneMatch(c -> name.equals(c) || name.startsWith(c + "/")))
        .toList();
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: a process that died after staging is undone from its record alone")
  void recoversAfterStage() throws Exception {
    DirectorySink sink = changed();
    Object live = subject.state();
    TreeSet<String> names = names();
    var context = context();
    handler.stage(sink.source(), context);
    recover(context, List.of());
    assertSame(live, subject.state());
    assertThat(names()).isEqualTo(names);
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: a process that died during or after the commit is undone from its record alone")
  void recoversAfterCommit() throws Exception {
    DirectorySink sink = changed();
    Object live = subject.state();
    TreeSet<String> names = names();
    for (int k = 0; ; k++) {
      var failing = new FailingRenames(subject.files());
      var context = context();
      StagedRestore staged = handler(failing).stage(sink.source(), context);
      var observed = new FileSwaps(subject.files(), last(context)).observe();
      failing.failAt(k);
      Throwable failure = catchThrowable(staged::commit);
      // The process is gone here: nobody calls rollBack on what it staged.
      recover(context, observed);
      assertSame(live, subject.state());
      assertThat(names()).isEqualTo(names);
      recover(context, observed);
      assertSame(live, subject.state());
      if (k > 0 && failure == null) {
        return;
      }
    }
  }

  private void recover(TestRestoreContext context, List<FileSwaps.Observed> observed)
      throws Exception {
    UndoRecord record = last(context);
    new FileSwaps(subject.files(), record, observed).rollBack();
    if (!record.details().isEmpty()) {
      handler(subject.files()).recover(record, context());
    }
  }

  private static UndoRecord last(TestRestoreContext context) {
    return context.records().isEmpty()
        ? UndoRecord.ofSwaps(List.of())
        : context.records().getLast();
  }

  @Test
  @Tag("P9")
  @DisplayName(
      "P9: a restore that is cancelled while staging leaves the target alone and no rubbish")
  void stageCancelled() throws Exception {
    DirectorySink sink = changed();
    Object live = subject.state();
    TreeSet<String> names = names();
    for (boolean atOnce : new boolean[] {true, false}) {
      for (DirectorySource source : List.of(sink.source(), sink.source().streaming())) {
        var context = context();
        Runnable cancel = () -> context.cancellation().cancel(Cancellation.Reason.CANCELLED);
        if (atOnce) {
          cancel.run();
        }
        ArtifactSource cancelling = new CancellingSource(source, cancel);
        var failure =
            catchThrowableOfType(HoldfastException.class, () -> handler.stage(cancelling, context));
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
        assertSame(live, subject.state());
        assertThat(names()).isEqualTo(names);
      }
    }
  }

  // ------------------------------------------------------------------------- telling about itself

  @Test
  @Tag("P11")
  @DisplayName("P11: source() rebuilds a handler that restores the same")
  void sourceRebuildsTheHandler() throws Exception {
    subject.create();
    Object before = subject.state();
    DirectorySink sink = capture();
    subject.change();
    var settings = new MapSettings(handler.source());
    ComponentHandler rebuilt = subject.kind().handler(settings, subject.files());
    assertThat(settings.problems()).isEmpty();
    assertThat(rebuilt.source()).isEqualTo(handler.source());
    assertThat(rebuilt.places()).isEqualTo(handler.places());
    StagedRestore staged = rebuilt.stage(sink.source(), context());
    staged.commit();
    staged.finish();
    assertSame(before, subject.state());
  }

  @Test
  @DisplayName("an inspection changes nothing, and says so when the source is missing")
  void inspects() throws Exception {
    assertThat(handler.inspect()).anyMatch(f -> f.severity() != Finding.Severity.OK);
    subject.create();
    Object before = subject.state();
    TreeSet<String> names = names();
    assertThat(handler.inspect()).noneMatch(f -> f.severity() == Finding.Severity.ERROR);
    assertSame(before, subject.state());
    assertThat(names()).isEqualTo(names);
  }

  // --------------------------------------------------------------------------------- the engine's
  // part

  private ComponentHandler handler(FileLayer files) {
    var settings = new MapSettings(subject.settings());
    ComponentHandler made = subject.kind().handler(settings, files);
    assertThat(settings.problems()).as("problems of the subject's settings").isEmpty();
    return made;
  }

  private DirectorySink sink() throws IOException {
    return new DirectorySink(directory("artifacts"));
  }

  private DirectorySink capture() throws Exception {
    var sink = sink();
    try (Capture capture = handler.capture(new TestCaptureContext())) {
      capture.writeTo(sink);
    }
    assertThat(sink.isTreeOpen()).isFalse();
    assertThat(sink.artifacts()).isNotEmpty().allMatch(a -> a.isSound());
    return sink;
  }

  /** Captures, then changes the live state. */
  private DirectorySink changed() throws Exception {
    subject.create();
    DirectorySink sink = capture();
    subject.change();
    return sink;
  }

  private void restore(DirectorySource source) throws Exception {
    var context = context();
    assertThat(handler.check(source, context)).allMatch(CheckResult::ok);
    StagedRestore staged = handler.stage(source, context);
    staged.commit();
    staged.finish();
  }

  private TestRestoreContext context() throws IOException {
    return new TestRestoreContext(RUN, scratch());
  }

  private FilePath scratch() throws IOException {
    return FilePath.of(directory("scratch"));
  }

  private Path directory(String name) throws IOException {
    return Files.createDirectory(temporary.resolve(name + "-" + directories++));
  }

  /**
   * Every path in the surroundings that is not inside the live state's own names, for people to
   * read.
   */
  private TreeSet<String> names() {
    try {
      var names = new TreeSet<String>();
      for (byte[] name : subject.files().list(subject.surroundings())) {
        names.add(subject.surroundings().resolve(name).toString());
      }
      return names;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void assertSame(Object expected, Object found) {
    if (expected instanceof TreeSnapshot before && found instanceof TreeSnapshot after) {
      before.assertSame(after);
    } else {
      assertThat(found).isEqualTo(expected);
    }
  }

  private static void assertDiffers(Object before, Object after) {
    assertThat(before.equals(after)).as("the state is the same as before").isFalse();
  }
}
