package io.holdfast.server;

import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.backup.BackupRequest;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.restore.RestoreRequest;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.Trigger;
import io.holdfast.server.lifecycle.Server;
import io.holdfast.server.run.RunResult;
import io.holdfast.server.run.RunStart;
import io.holdfast.server.setting.BackupSettings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Holdfast inside an application, or as a server of its own: backups by a schedule, at start and at
 * the end, and whenever somebody asks. Thread-safe.
 *
 * <pre>{@code
 * try (var holdfast = Holdfast.builder()
 *     .repository(Path.of("/var/backups/shop"))
 *     .component("orders", "sqlite", Map.of("path", "/var/lib/shop/orders.db"))
 *     .start()) {
 *   holdfast.beforeMigration();
 *   …
 * }
 * }</pre>
 */
public final class Holdfast implements AutoCloseable {
  private static final String IN_CODE = "application";

  private final Server server;

  Holdfast(Server server) {
    this.server = server;
  }

  /** Begins to describe one. */
  public static HoldfastBuilder builder() {
    return new HoldfastBuilder();
  }

  /**
   * Makes a backup of everything and waits for it.
   *
   * @throws HoldfastException if it could not begin ({@code BUSY}), or published nothing
   */
  public Manifest backup() {
    return backup(Trigger.MANUAL);
  }

  /**
   * Makes the backup that a schema migration waits for; retention keeps it until it is deleted.
   *
   * @throws HoldfastException as {@link #backup()}: then the migration must not begin
   */
  public Manifest beforeMigration() {
    return backup(Trigger.PRE_MIGRATION);
  }

  /**
   * Makes the backup that an update of the application waits for; retention never removes it.
   *
   * @throws HoldfastException as {@link #backup()}: then the update must not begin
   */
  public Manifest beforeUpdate() {
    return backup(Trigger.PRE_UPDATE);
  }

  private Manifest backup(Trigger trigger) {
    var request =
        new BackupRequest(
            trigger,
            List.of(),
            Optional.of(settings().compression()),
            Optional.of(settings().retention()));
    RunResult result =
        server.services().runs().backup(request, IN_CODE, RunStart.UNHEEDED).result().join();
    return switch (result) {
      case RunResult.BackedUp(BackupOutcome outcome)
          when outcome.manifest().status().isPublished() ->
          outcome.manifest();
      case RunResult.BackedUp(BackupOutcome outcome) -> throw failed(outcome.manifest());
      case RunResult.Broken(Throwable cause) -> throw broken(cause);
      case RunResult.Restored _ -> throw new IllegalStateException("no backup");
    };
  }

  /**
   * Restores, or shows what a restore would change, and waits for it.
   *
   * @throws HoldfastException if it could not begin; one that failed is an outcome
   */
  public RestoreOutcome restore(RestoreRequest request) {
    RunResult result =
        server.services().runs().restore(request, IN_CODE, RunStart.UNHEEDED).result().join();
    return switch (result) {
      case RunResult.Restored(var asked, RestoreOutcome outcome) -> outcome;
      case RunResult.Broken(Throwable cause) -> throw broken(cause);
      case RunResult.BackedUp _ -> throw new IllegalStateException("no restore");
    };
  }

  /** All published backups, newest first. */
  public List<BackupEntry> backups() {
    return server.services().engine().list();
  }

  /**
   * The run that a text names: a run id, a backup id, or {@code latest}.
   *
   * @throws HoldfastException {@code BACKUP_NOT_FOUND}
   */
  public RunId resolve(String id) {
    return server.services().engine().resolve(id);
  }

  /** The settings that can be changed while it runs. */
  public BackupSettings settings() {
    return server.services().settings();
  }

  /** Where it listens; empty if it does not. */
  public Optional<URI> address() {
    return server.address();
  }

  /**
   * Ends: cancels what is under way, makes the shutdown backup within its time, and lets go of
   * everything. Never throws.
   */
  @Override
  public void close() {
    server.close();
  }

  private static HoldfastException failed(Manifest manifest) {
    Optional<ComponentRecord.Failure> why = manifest.cause();
    return new HoldfastException(
            why.map(ComponentRecord.Failure::code).orElse(ErrorCode.INTERNAL),
            "backup "
                + manifest.runId()
                + " "
                + manifest.status().word()
                + why.map(failure -> ": " + failure.message()).orElse(""),
            why.map(ComponentRecord.Failure::guidance).orElse(""))
        .with("run", manifest.runId().value());
  }

  private static HoldfastException broken(Throwable cause) {
    return new HoldfastException(
        ErrorCode.INTERNAL, "the run ended by " + cause, "Look into the log.", cause);
  }
}
