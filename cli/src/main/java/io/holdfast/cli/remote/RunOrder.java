package io.holdfast.cli.remote;

import io.holdfast.cli.ServerFault;
import io.holdfast.cli.remote.Streams.End;
import io.holdfast.cli.target.ServerException;
import io.holdfast.cli.target.Watch;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunEvent;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.RunJson;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Orders a run and stays with it until it has ended, whatever breaks on the way. Used once.
 *
 * <p>Until the run has a name, what broke is asked again with the same {@code Idempotency-Key}, so
 * that there is one run at most. Once it has, it is followed by its name: the key of a run that
 * failed is free again, and to ask with it would begin another, which nobody ordered.
 *
 * @param <T> the document of a good end
 */
final class RunOrder<T> implements Streams.Listener {
  private final Api api;
  private final Streams streams;
  private final Wish<T> wish;
  private final Watch watch;
  private final RemoteProgress progress;
  private final Persistence persistence;
  private final RunCancelling cancelling;
  private final RunFollowing following;
  private Optional<String> run = Optional.empty();

  /**
   * What to order.
   *
   * @param order its document
   * @param key 128 random bits in hexadecimal
   * @param runOf the run that an answer names
   */
  record Wish<T>(
      ApiPath path, Object order, String key, Class<T> answer, Function<T, String> runOf) {}

  /**
   * How it ended. At least one of the two parts is there.
   *
   * @param run all about it, if that could be had
   * @param answer what the server answered, if it ended well
   */
  record Outcome<T>(Optional<RunJson> run, Optional<T> answer) {}

  RunOrder(Api api, Streams streams, Patience patience, Wish<T> wish, Watch watch) {
    this.api = api;
    this.streams = streams;
    this.wish = wish;
    this.watch = watch;
    this.progress = new RemoteProgress(watch);
    this.persistence = new Persistence(patience, watch.cancellation());
    this.cancelling = new RunCancelling(api, watch, patience.again());
    this.following = new RunFollowing(api, streams, persistence, progress);
  }

  /** Waits for the end. */
  Outcome<T> await() {
    try (cancelling;
        var listening = watch.cancellation().onCancel(cancelling::want)) {
      return ordered();
    } catch (RuntimeException e) {
      throw e;
    } catch (IOException e) {
      throw api.lost(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Outcome<T> ordered() throws IOException {
    for (boolean again = false; ; again = true) {
      try {
        return order(again);
      } catch (LostException e) {
        if (run.isPresent()) {
          return follow(run.get());
        }
        if (!again && e.stage() != LostException.Stage.ANSWERING) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private Outcome<T> order(boolean again) throws IOException {
    End<T> end =
        streams.listen(
            "POST",
            wish.path(),
            Api.body(wish.order()),
            Map.of("Idempotency-Key", wish.key()),
            wish.answer(),
            this,
            new Cancellation());
    return switch (end) {
      case End.Result(var answer) ->
          new Outcome<>(find(wish.runOf().apply(answer)), Optional.of(answer));
      case End.Failed(var problem, var status) when problem.runId() != null ->
          ended(problem, status, problem.runId());
      case End.Failed(var problem, var status) -> {
        RuntimeException error = Problems.of(problem, status, api.address());
        boolean twin = status == 409 && Problems.reason(problem).isEmpty();
        // A server that was lost may not be ready yet, or be at work on what was asked before; one
        // that ends says so in the middle of a run, whose fate is known when it is back.
        boolean cut = run.isPresent() && Problems.passes(status);
        if (cut || (again && (twin || Problems.passes(status)))) {
          throw LostException.meanwhile(error);
        }
        throw error;
      }
    };
  }

  /** What became of a run that a problem names. */
  private Outcome<T> ended(ProblemDocument problem, int status, String id) {
    RunJson found = find(id).orElseThrow(() -> Problems.of(problem, status, api.address()));
    return found.status().equals("running")
        ? follow(id)
        : new Outcome<>(Optional.of(found), Optional.empty());
  }

  private Outcome<T> follow(String id) {
    cancelling.begun(id);
    return new Outcome<>(Optional.of(following.await(id, true)), Optional.empty());
  }

  /** All about a run, which says more than the answer does. */
  private Optional<RunJson> find(String id) {
    try {
      return Optional.of(api.get(ApiPath.of("admin", "runs", id), RunJson.class));
    } catch (ServerException | HoldfastException untold) {
      return Optional.empty();
    }
  }

  private void pause(LostException loss) {
    try {
      persistence.lost(loss);
    } catch (LostException enough) {
      throw new ServerException(
          ServerFault.SERVER_UNREACHABLE,
          "the server at "
              + api.address()
              + " was lost before it said what became of the order: "
              + enough.getMessage(),
          "A run may have begun there. When the server is back, 'holdfast run list' shows it.",
          enough);
    }
  }

  @Override
  public void run(RunJson begun) {
    if (!RunId.isRunId(begun.runId())) {
      throw api.answers().invalid("with a run that has no name", null);
    }
    run = Optional.of(begun.runId());
    watch.tell(
        new RunEvent.RunStarted(new RunId(begun.runId()), begun.operation().replace('_', ' ')));
    persistence.alive();
    cancelling.begun(begun.runId());
  }

  @Override
  public void progress(ProgressJson told) {
    persistence.alive();
    progress.show(told);
  }
}
