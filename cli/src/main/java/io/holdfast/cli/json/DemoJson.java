package io.holdfast.cli.json;

import io.avaje.jsonb.Json;
import io.holdfast.server.document.BackupJson;
import java.util.List;

/**
 * What {@code demo} tells.
 *
 * @param ok whether nothing differs
 * @param home where the platform was, and still is if it was to be kept
 * @param recoverMillis from the decision to restore to the answer to the first query
 * @param differences what differs from what must be; empty if {@code ok}
 * @param totalMillis from the first step to the last
 */
@Json(naming = Json.Naming.LowerUnderscore)
public record DemoJson(
    String schema,
    boolean ok,
    String home,
    BackupJson backup,
    long backupMillis,
    List<String> destroyed,
    List<String> broken,
    String restoreRunId,
    String safetyBackupRunId,
    long recoverMillis,
    Proof proof,
    LiveRestore liveRestore,
    FlippedBit flippedBit,
    List<String> differences,
    long totalMillis) {
  /** The name and version of this form. */
  public static final String SCHEMA = "holdfast.demo/1";

  /** What was compared. */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record Proof(
      long acknowledgedBeforeBackup,
      long lastInBackup,
      long acknowledgedInAll,
      long rowsCompared,
      long pathsCompared) {}

  /** What the application saw through the connection that it kept open. */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record LiveRestore(
      long sessionsBefore,
      long sessionsLost,
      long sessionsAfter,
      long transactionsMeanwhile,
      long millis) {}

  /** What became of a backup in which one bit was flipped. */
  @Json(naming = Json.Naming.LowerUnderscore)
  public record FlippedBit(String file, long offset, List<String> found, String refusal) {}
}
