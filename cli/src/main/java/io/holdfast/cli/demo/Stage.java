package io.holdfast.cli.demo;

import io.holdfast.engine.Engine;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.example.platform.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What all scenes of the demonstration share.
 *
 * @param platform what is protected
 * @param files the way to the file system
 * @param opener the way to the engine
 * @param tell tells the story
 */
record Stage(Platform platform, FileLayer files, EngineOpener opener, Narrator tell) {
  static final ComponentName DATABASE = new ComponentName("database");
  static final ComponentName SESSIONS = new ComponentName("sessions");

  /** The engine, bound from the platform's own configuration. */
  Engine open() throws IOException {
    return opener.open(platform.holdfastYaml());
  }

  /**
   * A restore that has to succeed.
   *
   * @param component what to restore, or empty for everything
   * @param destination where to, or empty for in place
   * @throws HoldfastException with the reason why it failed
   */
  RestoreOutcome restore(
      Engine engine, RunId run, List<ComponentName> component, Optional<Path> destination) {
    var request = new RestoreRequest(run, component, destination.map(FilePath::of), false);
    RestoreOutcome outcome = engine.restore(request, opener.monitor());
    if (outcome.status() != RunStatus.COMPLETED) {
      throw failure("the restore", outcome.failure());
    }
    return outcome;
  }

  static HoldfastException failure(String what, Optional<ComponentRecord.Failure> failure) {
    return failure
        .map(f -> new HoldfastException(f.code(), what + " failed: " + f.message(), f.guidance()))
        .orElseGet(
            () -> new HoldfastException(ErrorCode.INTERNAL, what + " failed without a reason", ""));
  }

  static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
