package io.holdfast.engine.repository.foreign;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import java.util.List;
import java.util.function.LongConsumer;

/** No snapshots at all. */
record NoSnapshots() implements ForeignSnapshots {
  @Override
  public List<ForeignSnapshot> list() {
    return List.of();
  }

  @Override
  public List<RepositoryProblem> verify(
      List<ForeignSnapshot> snapshots,
      boolean content,
      Cancellation cancellation,
      LongConsumer progress) {
    return List.of();
  }

  @Override
  public ForeignReader open(ForeignSnapshot snapshot) {
    throw new HoldfastException(
        ErrorCode.BACKUP_NOT_FOUND,
        "there is no snapshot " + snapshot.shortId(),
        "`holdfast backup list` shows what there is.");
  }
}
