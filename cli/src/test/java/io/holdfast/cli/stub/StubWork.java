package io.holdfast.cli.stub;

import io.avaje.jsonb.Jsonb;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.event.RunProgress;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.ProgressPartJson;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that takes long, with a stream that tells how far it is. */
final class StubWork {
  private static final long EVERY_MILLIS = 5;

  private StubWork() {}

  /** Does it, and tells its document or its problem at the end. */
  static void stream(StubRequest request, Function<RunMonitor, Object> work) throws Exception {
    RunMonitor monitor = RunMonitor.silent();
    var done = new CompletableFuture<Object>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            done.complete(work.apply(monitor));
          } catch (Throwable e) {
            done.completeExceptionally(e);
          }
        });
    try (var events = request.events()) {
      follow(events, monitor::progress, done);
    }
  }

  static void follow(
      StubEvents events, Supplier<RunProgress> progress, CompletableFuture<Object> done)
      throws Exception {
    while (true) {
      try {
        events.send("result", done.get(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        return;
      } catch (TimeoutException underWay) {
        events.send("progress", document(progress.get()));
      } catch (ExecutionException e) {
        String problem =
            switch (e.getCause()) {
              case HoldfastException error ->
                  StubProblem.text(StubProblem.status(error), StubProblem.members(error));
              case StubRuns.Ended ended -> ended.problem();
              case null, default -> throw e;
            };
        events.send("problem", Jsonb.builder().build().type(Object.class).fromJson(problem));
        return;
      }
    }
  }

  static ProgressJson document(RunProgress progress) {
    return new ProgressJson(
        progress.phase().word(),
        progress.bytesDone(),
        total(progress.bytesTotal()),
        null,
        progress.parts().stream()
            .map(part ->
                new ProgressPartJson(
                    part.name(), part.bytesDone(), total(part.bytesTotal()), part.ended()))
            .toList());
  }

  private static @Nullable Long total(OptionalLong bytes) {
    return bytes.isPresent() ? bytes.getAsLong() : null;
  }
}
