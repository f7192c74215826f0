package io.holdfast.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.holdfast.cli.Cli;
import io.holdfast.cli.stub.StubEvents;
import io.holdfast.cli.stub.StubServer;
import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.target.Watch;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.event.RunProgress;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.document.BackupCreateJson;
import io.holdfast.server.document.BackupOrderJson;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody does not want to wait any more. */
@Timeout(60)
class CancelTest {
  private static final String CANCEL = "/api/v1/admin/runs/" + Samples.RUN + "/cancel";
  private static final BackupOrderJson ORDER = new BackupOrderJson(null, null, null);

  private final StubServer server = new StubServer();
  private final Watching watch = new Watching();
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private RemoteTarget target;

  /** Somebody who waits. */
  private static final class Watching implements Watch {
    private final Cancellation cancellation = new Cancellation();
    private final List<RunEvent> told = new CopyOnWriteArrayList<>();

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public void tell(RunEvent event) {
      told.add(event);
    }

    @Override
    public void progressOf(Supplier<RunProgress> progress) {}

    void cancel() {
      cancellation.cancel(Cancellation.Reason.CANCELLED);
    }
  }

  @BeforeEach
  void serve() {
    var surroundings =
        new Cli(Path.of("/"))
            .set("HOLDFAST_TOKEN", StubServer.TOKEN)
            .set("HOLDFAST_SERVER_TIMEOUT", "20")
            .surroundings(new StringWriter(), new StringWriter());
    target = new RemoteTarget(RemoteServer.at(server.url(), ServerChoice.NONE, surroundings));
    server
        .on("GET /api/v1/admin/status", r -> r.json(200, Samples.status(null, "ok")))
        .on("GET /api/v1/admin/runs/{id}", r -> r.json(200, Samples.run("cancelled")))
        .on(
            "POST " + CANCEL,
            request -> {
              cancelled.countDown();
              request.json(202, Samples.run(null));
            });
  }

  @AfterEach
  void close() {
    cancelled.countDown();
    target.close();
    server.close();
  }

  @Test
  @Tag("P9")
  @DisplayName("P9: the server is asked to cancel the run, and its end is waited for")
  void cancelsARun() throws Exception {
    server.on(
        "POST /api/v1/admin/backups",
        request -> {
          try (StubEvents events = request.events()) {
            events.send("run", Samples.run(null));
            cancelled.await();
            events.send("problem", problemOfRun());
          }
        });
    CompletableFuture<BackupCreateJson> made = order();
    await().until(() -> !watch.told.isEmpty());

    watch.cancel();

    assertThat(made.get().backup().status()).isEqualTo("cancelled");
    assertThat(server.seen("POST", CANCEL)).hasSize(1);
    assertThat(server.seen("POST", CANCEL).getFirst().body()).isEmpty();
  }

  @Test
  @Tag("P9")
  @DisplayName("P9: a run that has no name yet is cancelled as soon as it has")
  void cancelsARunThatHasNoNameYet() throws Exception {
    var named = new CountDownLatch(1);
    server.on(
        "POST /api/v1/admin/backups",
        request -> {
          try (StubEvents events = request.events()) {
            named.await();
            events.send("run", Samples.run(null));
            cancelled.await();
            events.send("problem", problemOfRun());
          }
        });
    CompletableFuture<BackupCreateJson> made = order();
    await().until(() -> !server.seen("POST", "/api/v1/admin/backups").isEmpty());

    watch.cancel();
    assertThat(server.seen("POST", CANCEL)).isEmpty();
    named.countDown();

    assertThat(made.get().backup().status()).isEqualTo("cancelled");
  }

  @Test
  @DisplayName("a server that was lost hears of it when it is back")
  void cancelsWhileTheServerIsAway() throws Exception {
    var broken = new CountDownLatch(1);
    server.on(
        "POST /api/v1/admin/backups",
        request -> {
          request.events().send("run", Samples.run(null));
          server.stop();
          broken.countDown();
        });
    server.on(
        "GET /api/v1/admin/runs/" + Samples.RUN + "/progress",
        request -> {
          try (StubEvents events = request.events()) {
            cancelled.await();
            events.send("result", Samples.run("cancelled"));
          }
        });
    CompletableFuture<BackupCreateJson> made = order();
    broken.await();

    watch.cancel();
    server.start();

    assertThat(made.get().backup().status()).isEqualTo("cancelled");
    assertThat(server.seen("POST", CANCEL)).hasSize(1);
  }

  @Test
  @DisplayName("a run that the server will not cancel goes on, and somebody says so")
  void aRunThatMayNotBeCancelledGoesOn() throws Exception {
    server.on(
        "POST " + CANCEL,
        request -> {
          request.problem(403, "FORBIDDEN", "This takes the role admin");
          cancelled.countDown();
        });
    server.on(
        "POST /api/v1/admin/backups",
        request -> {
          try (StubEvents events = request.events()) {
            events.send("run", Samples.run(null));
            cancelled.await();
            events.send("result", Samples.backup("completed"));
          }
        });
    server.on("GET /api/v1/admin/runs/{id}", r -> r.json(200, Samples.run("completed")));
    CompletableFuture<BackupCreateJson> made = order();
    await().until(() -> !watch.told.isEmpty());

    watch.cancel();

    assertThat(made.get().backup().status()).isEqualTo("completed");
    await()
        .untilAsserted(() ->
            assertThat(watch.told)
                .filteredOn(RunEvent.Warning.class::isInstance)
                .singleElement()
                .asString()
                .contains(
                    "goes on, since the server refuses to cancel it: this takes the role admin"));
  }

  @Test
  @DisplayName("a validation just ends, however silent the server is")
  void aValidationEndsAtOnce() {
    server.on("POST /api/v1/admin/backups/{id}/validate", request -> cancelled.await());
    var validation = CompletableFuture.supplyAsync(() -> target.validate(Samples.RUN, watch));
    await()
        .until(
            () -> server.seen().stream().anyMatch(request -> request.path().endsWith("validate")));

    watch.cancel();

    assertCancelled(validation);
  }

  @Test
  void aValidationEndsAtOnceInTheMiddleOfItsStream() {
    var begun = new CountDownLatch(1);
    server.on(
        "POST /api/v1/admin/backups/{id}/validate",
        request -> {
          request.events().send("progress", Samples.progress(1));
          begun.countDown();
          cancelled.await();
        });
    var validation = CompletableFuture.supplyAsync(() -> target.validate(Samples.RUN, watch));
    await().until(() -> watch.told.stream().anyMatch(RunEvent.PhaseStarted.class::isInstance));

    watch.cancel();

    assertCancelled(validation);
  }

  @Test
  @DisplayName("whoever has cancelled does not wait long for a server that is gone")
  void doesNotWaitLongForAServerThatIsGone() {
    server.on(
        "POST /api/v1/admin/backups",
        request -> {
          request.events().send("run", Samples.run(null));
          server.stop();
          watch.cancel();
        });

    long begun = System.nanoTime();
    Throwable thrown = catchThrowable(() -> target.backUp(ORDER, watch));

    assertThat(thrown).isInstanceOf(ServerException.class).hasMessageContaining("was lost while");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(19));
  }

  private CompletableFuture<BackupCreateJson> order() {
    return CompletableFuture.supplyAsync(() -> target.backUp(ORDER, watch));
  }

  private static void assertCancelled(CompletableFuture<?> work) {
    Throwable thrown = catchThrowable(work::join);
    assertThat(thrown.getCause())
        .isInstanceOfSatisfying(
            HoldfastException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED);
              assertThat(error.message()).isEqualTo("was cancelled");
            });
  }

  private static java.util.Map<String, Object> problemOfRun() {
    return java.util.Map.of(
        "status", 409, "detail", "The backup was cancelled", "run_id", Samples.RUN);
  }
}
