package io.holdfast.server.api;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.run.RunId;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.http.Problem;
import io.holdfast.server.http.ProblemException;

/** Manifests that clients ask for, whose damage is an event of its own. */
final class Manifests {
  private Manifests() {}

  /**
   * The manifest of a backup.
   *
   * @param unreadable what the client is told where it is damaged or of a newer format
   */
  static Manifest read(Services services, RunId run, Problem unreadable) {
    try {
      return services.engine().show(run);
    } catch (HoldfastException e) {
      if (e.code() == ErrorCode.MANIFEST_CORRUPT || e.code() == ErrorCode.FORMAT_UNSUPPORTED) {
        services
            .events()
            .publish(
                ServerEvent.error(EventName.MANIFEST_INVALID, e.message(), null)
                    .with("run_id", run.value()));
        throw new ProblemException(unreadable, e);
      }
      throw e;
    }
  }
}
