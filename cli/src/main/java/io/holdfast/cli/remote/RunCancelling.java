package io.holdfast.cli.remote;

import io.holdfast.cli.ServerFault;
import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.target.Watch;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.server.document.RunJson;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Passes the wish that a run end on to the server: once the run has a name, and again until the
 * server has heard it or the run is over. Thread-safe.
 */
final class RunCancelling implements AutoCloseable {
  private final Api api;
  private final Watch watch;
  private final Duration again;
  private final CompletableFuture<String> run = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);

  RunCancelling(Api api, Watch watch, Duration again) {
    this.api = api;
    this.watch = watch;
    this.again = again;
  }

  /** Somebody wants it to end. Returns at once: whoever is told of a signal must not wait. */
  void want() {
    Thread.ofVirtual().name("holdfast-cancel").start(this::pass);
  }

  /** The run has its name. */
  void begun(String id) {
    run.complete(id);
  }

  /** Nobody waits for its end any more. */
  @Override
  public void close() {
    run.cancel(false);
    over.countDown();
  }

  private void pass() {
    try {
      String id = run.join();
      while (!isHeard(id) && !over.await(again.toMillis(), TimeUnit.MILLISECONDS)) {
        // Tried again.
      }
    } catch (CancellationException ended) {
      // It never had a name.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells the server, and whether there is no need to tell it again. */
  private boolean isHeard(String id) {
    try {
      var unused = api.post(ApiPath.of("admin", "runs", id, "cancel"), null, RunJson.class);
      return true;
    } catch (ServerException e) {
      if (e.fault() == ServerFault.TOKEN_REFUSED) {
        watch.tell(
            new RunEvent.Warning(
                Optional.empty(),
                "run " + id + " goes on, since the server refuses to cancel it: " + e.message()));
      }
      return e.fault() != ServerFault.SERVER_UNREACHABLE && e.fault() != ServerFault.SERVER_BUSY;
    } catch (HoldfastException e) {
      // It has just ended; its end is waited for, and tells.
      return true;
    }
  }
}
