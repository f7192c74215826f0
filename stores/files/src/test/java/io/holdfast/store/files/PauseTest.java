package io.holdfast.store.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.holdfast.engine.component.Capture;
import io.holdfast.engine.component.Finding;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.testkit.handler.DirectorySink;
import io.holdfast.testkit.handler.MapSettings;
import io.holdfast.testkit.handler.TestCaptureContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is paused is resumed, whatever happens in between. */
class PauseTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path temporary;
  private Live live;
  private Path log;

  @BeforeEach
  void makeTree() throws Exception {
    live = new Live(temporary).file("a", "a");
    log = temporary.resolve("log");
    Files.createFile(log);
    live.with("pause", shell("echo paused >> " + log));
    live.with("resume", shell("echo resumed >> " + log));
  }

  @AfterEach
  void clean() throws Exception {
    live.close();
  }

  private static String[] shell(String script) {
    return new String[] {"/bin/sh", "-c", script};
  }

  private List<String> log() throws Exception {
    return Files.readAllLines(log, UTF_8);
  }

  @Test
  void isPausedWhileItIsRead() throws Exception {
    live.with("pause", shell("echo paused >> " + log + "; echo changed > " + live.at("a")));
    DirectorySink sink = live.sink();
    try (Capture capture = live.handler().capture(new TestCaptureContext())) {
      assertThat(log()).containsExactly("paused");
      capture.writeTo(sink);
      assertThat(log()).containsExactly("paused", "resumed");
    }
    assertThat(log()).containsExactly("paused", "resumed");
  }

  @Test
  void isResumedWhenNothingWasRead() throws Exception {
    live.handler().capture(new TestCaptureContext()).close();
    assertThat(log()).containsExactly("paused", "resumed");
  }

  @Test
  void isResumedAfterACancellation() throws Exception {
    var context = new TestCaptureContext();
    try (Capture capture = live.handler().capture(context)) {
      context.cancellation().cancel(Cancellation.Reason.TIMEOUT);
      var failure =
          catchThrowableOfType(HoldfastException.class, () -> capture.writeTo(live.sink()));
      assertThat(failure.code()).isEqualTo(ErrorCode.TIMEOUT);
    }
    assertThat(log()).containsExactly("paused", "resumed");
  }

  @Test
  void isResumedWhenThePauseFails() throws Exception {
    live.with("pause", shell("echo half >> " + log + "; echo 'no such device' >&2; exit 3"));
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> live.handler().capture(new TestCaptureContext()));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_COMMAND_FAILED);
    assertThat(failure.message()).contains("exit code 3").contains("no such device");
    assertThat(log()).containsExactly("half", "resumed");
  }

  @Test
  void isNotPausedWhenTheSourceIsMissing() throws Exception {
    live.with("path", live.at("missing").toString());
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> live.handler().capture(new TestCaptureContext()));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_MISSING);
    assertThat(log()).isEmpty();
  }

  @Test
  @DisplayName("a pause that takes too long is killed with all that it started, and resumed")
  void pauseTakesTooLong() throws Exception {
    Path pid = temporary.resolve("pid");
    live.with("pause", shell("sleep 300 & echo $! > " + pid + "; wait"));
    live.with("pause_timeout", "300ms");
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> live.handler().capture(new TestCaptureContext()));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_COMMAND_FAILED);
    assertThat(failure.message()).contains("took longer than 300 ms");
    assertThat(log()).containsExactly("resumed");
    long child = Long.parseLong(Files.readString(pid).strip());
    Awaitility.await().atMost(LONG).until(() -> isGone(child));
  }

  private static boolean isGone(long pid) {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    return handle.isEmpty() || !handle.get().isAlive();
  }

  @Test
  void cancellationEndsAPause() throws Exception {
    Path started = temporary.resolve("started");
    live.with("pause", shell("touch " + started + "; exec sleep 300"));
    var context = new TestCaptureContext();
    var canceller =
        Thread.ofVirtual()
            .start(() -> {
              Awaitility.await().atMost(LONG).until(() -> Files.exists(started));
              context.cancellation().cancel(Cancellation.Reason.CANCELLED);
            });
    var failure =
        catchThrowableOfType(HoldfastException.class, () -> live.handler().capture(context));
    canceller.join();
    assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(log()).containsExactly("resumed");
  }

  private Pause pause(String resume) {
    return new Pause(
        Optional.empty(),
        Optional.of(new SourceCommand("resume", List.of(shell(resume)), LONG)),
        Duration.ofMillis(1));
  }

  @Test
  void aResumeThatFailsIsTriedAgain() throws Exception {
    pause("echo try >> " + log + "; test $(wc -l < " + log + ") -ge 3").end();
    assertThat(log()).containsExactly("try", "try", "try");
  }

  @Test
  void aResumeThatKeepsFailingIsToldLoudly() throws Exception {
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> pause("echo try >> " + log + "; exit 9").end());
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_COMMAND_FAILED);
    assertThat(failure.message()).contains("MAY STILL BE PAUSED").contains("exit code 9");
    assertThat(failure.guidance()).contains("by hand");
    assertThat(log()).hasSize(3);
  }

  @Test
  void anInterruptDoesNotKeepItPaused() throws Exception {
    Thread.currentThread().interrupt();
    pause("echo resumed >> " + log).end();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log()).containsExactly("resumed");
  }

  @Test
  @DisplayName("output is bounded, and a child that keeps the pipe open is not waited for")
  void outputIsBounded() throws Exception {
    var noisy =
        new SourceCommand(
            "pause",
            List.of(
                shell("sleep 5 & head -c 3000000 /dev/zero | tr '\\0' x; echo the end; exit 1")),
            LONG);
    var failure = catchThrowableOfType(HoldfastException.class, () -> noisy.run(null));
    assertThat(failure.message()).endsWith("the end").hasSizeLessThan(3000);
  }

  @Test
  void aProgramThatDoesNotExistIsFoundByTheInspection() throws Exception {
    live.with("pause", "/no/such/program", "x");
    assertThat(live.handler().inspect())
        .anyMatch(f ->
            f.severity() == Finding.Severity.ERROR && f.message().contains("/no/such/program"));
    var failure =
        catchThrowableOfType(
            HoldfastException.class, () -> live.handler().capture(new TestCaptureContext()));
    assertThat(failure.message()).contains("cannot be started");
    assertThat(log()).containsExactly("resumed");
  }

  @Test
  void aPauseWithoutAResumeIsAProblem() {
    var settings = new MapSettings(Map.of("path", "/x", "pause", "a", "exclude", "[x\n"));
    new DirectoryKind().handler(settings, live.files);
    assertThat(settings.problems()).hasSize(2).anyMatch(p -> p.startsWith("pause:"));
  }

  @Test
  void commandsAreNotInTheManifest() {
    assertThat(live.handler().source()).containsOnlyKeys("path");
  }
}
