package io.holdfast.engine.repository;

/**
 * What a prune did, or would do.
 *
 * @param dryRun whether nothing was changed
 * @param snapshots how many there are, of whomever, whose content was kept
 * @param deleted what is gone from the storage
 * @param repacked of which a part was needed, which was moved
 * @param written what the moved parts take now
 * @param kept what stayed as it was
 * @param waiting what nothing names any more, and what goes when {@link #waitingFor} have ended
 * @param waitingFor how many processes that were at work are waited for
 * @param unusedBytes what stays though nothing needs it, within the limit
 */
public record PruneOutcome(
    boolean dryRun,
    int snapshots,
    Packs deleted,
    Packs repacked,
    Packs written,
    Packs kept,
    Packs waiting,
    int waitingFor,
    long unusedBytes) {

  /** A repository in which there is never anything to do. */
  public static PruneOutcome nothing(boolean dryRun) {
    return new PruneOutcome(
        dryRun, 0, Packs.NONE, Packs.NONE, Packs.NONE, Packs.NONE, Packs.NONE, 0, 0);
  }

  /** Bytes by which the repository is smaller; negative if it grew, since old packs still wait. */
  public long freedBytes() {
    return deleted.bytes() - written.bytes();
  }

  /**
   * Some packs.
   *
   * @param count how many
   * @param bytes of their files
   */
  public record Packs(int count, long bytes) {
    public static final Packs NONE = new Packs(0, 0);
  }
}
