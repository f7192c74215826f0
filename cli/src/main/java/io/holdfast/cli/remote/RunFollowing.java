package io.holdfast.cli.remote;

import io.holdfast.cli.ServerFault;
import io.holdfast.cli.remote.Streams.End;
import io.holdfast.cli.target.ServerException;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.server.document.ProgressJson;
import io.holdfast.server.document.RunJson;
import java.io.IOException;
import java.util.Map;

/** Stays with a run by its name until it has ended, whatever breaks on the way. */
final class RunFollowing {
  private final Api api;
  private final Streams streams;
  private final Persistence persistence;
  private final RemoteProgress progress;

  /**
   * @param persistence how long to try when the server is lost
   * @param progress what is told how far the run is
   */
  RunFollowing(Api api, Streams streams, Persistence persistence, RemoteProgress progress) {
    this.api = api;
    this.streams = streams;
    this.persistence = persistence;
    this.progress = progress;
  }

  /**
   * Waits for the end.
   *
   * @param known whether the server has spoken of this run before, so that one that cannot be
   *     reached was lost
   * @return the run with its result
   */
  RunJson await(String run, boolean known) {
    boolean again = known;
    while (true) {
      try {
        return once(run, again);
      } catch (LostException e) {
        if (!again && e.stage() != LostException.Stage.ANSWERING) {
          throw api.lost(e);
        }
        pause(run, e);
      } catch (IOException e) {
        throw api.lost(e);
      }
      again = true;
    }
  }

  private RunJson once(String run, boolean again) throws IOException {
    var alive = new Alive();
    End<RunJson> end =
        streams.listen(
            "GET",
            ApiPath.of("admin", "runs", run, "progress"),
            null,
            Map.of(),
            RunJson.class,
            alive,
            new Cancellation());
    return switch (end) {
      case End.Result(var found) when found.status().equals("running") ->
          throw LostException.meanwhile(new IOException("run " + run + " is still under way"));
      case End.Result(var found) -> found;
      case End.Failed(var problem, var status) when again && status == 404 ->
          throw new ServerException(
              ServerFault.SERVER_FAILED,
              "the server at " + api.address() + " does not know run " + run + " any more",
              "It may have lost its state database. 'holdfast backup list' shows whether the run"
                  + " published a backup.");
      case End.Failed(var problem, var status)
          when (again || alive.told) && Problems.passes(status) ->
          throw LostException.meanwhile(Problems.of(problem, status, api.address()));
      case End.Failed(var problem, var status) -> throw Problems.of(problem, status, api.address());
    };
  }

  private void pause(String run, LostException loss) {
    try {
      persistence.lost(loss);
    } catch (LostException enough) {
      throw new ServerException(
          ServerFault.SERVER_UNREACHABLE,
          "the server at "
              + api.address()
              + " was lost while run "
              + run
              + " was under way: "
              + enough.getMessage(),
          "The run may go on there. When the server is back, 'holdfast run watch "
              + run
              + "' tells what became of it.",
          enough);
    }
  }

  private final class Alive implements Streams.Listener {
    /** Whether the server has spoken of the run: if it then ends, it is lost and not busy. */
    private boolean told;

    @Override
    public void run(RunJson run) {
      told = true;
      persistence.alive();
    }

    @Override
    public void progress(ProgressJson told) {
      persistence.alive();
      progress.show(told);
    }
  }
}
