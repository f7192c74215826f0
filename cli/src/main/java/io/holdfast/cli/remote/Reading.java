package io.holdfast.cli.remote;

import io.holdfast.cli.remote.Streams.End;
import io.holdfast.cli.target.Watch;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.RunJson;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work that changes nothing, such as a validation: what breaks begins anew, and whoever cancels
 * just goes away, which ends it on the server too.
 */
final class Reading {
  private final Api api;
  private final Streams streams;
  private final Patience patience;

  Reading(Api api, Streams streams, Patience patience) {
    this.api = api;
    this.streams = streams;
    this.patience = patience;
  }

  /**
   * Asks for it and waits for its end.
   *
   * @throws io.holdfast.engine.error.HoldfastException {@code CANCELLED}
   */
  <T> T await(ApiPath path, @Nullable Object order, Class<T> type, Watch watch) {
    var progress = new RemoteProgress(watch);
    var persistence = new Persistence(patience, watch.cancellation());
    try {
      for (boolean again = false; ; again = true) {
        try {
          return once(path, order, type, watch, progress);
        } catch (LostException e) {
          watch.cancellation().check();
          if (!again && e.stage() != LostException.Stage.ANSWERING) {
            throw e;
          }
          persistence.lost(e);
          watch.cancellation().check();
        }
      }
    } catch (IOException e) {
      throw api.lost(e);
    }
  }

  private <T> T once(
      ApiPath path, @Nullable Object order, Class<T> type, Watch watch, RemoteProgress progress)
      throws IOException {
    End<T> end =
        streams.listen(
            "POST",
            path,
            Api.body(order),
            Map.of(),
            type,
            new ProgressOnly(progress),
            watch.cancellation());
    return switch (end) {
      case End.Result(var document) -> document;
      case End.Failed(var problem, var status) -> throw Problems.of(problem, status, api.address());
    };
  }

  private record ProgressOnly(RemoteProgress shown) implements Streams.Listener {
    @Override
    public void run(RunJson run) {}

    @Override
    public void progress(ProgressJson progress) {
      shown.show(progress);
    }
  }
}
