package io.holdfast.engine.repository.foreign;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.repository.RepositoryProblem;
import io.holdfast.engine.run.Cancellation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The snapshots of other programs in a repository. Reading only: what others keep is theirs to
 * remove. Thread-safe.
 */
public interface ForeignSnapshots {
  /** Of a repository that no other program writes. */
  ForeignSnapshots NONE = new NoSnapshots();

  /** All of them, newest first. */
  List<ForeignSnapshot> list() throws IOException;

  /**
   * Looks for what is missing or damaged in them. What several of them share is looked at once, and
   * told of the first.
   *
   * @param content whether to read the content of files as well, each byte once
   * @param progress told how many bytes of content were read since it was last told
   * @return what is wrong; empty if nothing is
   */
  List<RepositoryProblem> verify(
      List<ForeignSnapshot> snapshots,
      boolean content,
      Cancellation cancellation,
      LongConsumer progress)
      throws IOException;

  /**
   * Opens a snapshot.
   *
   * @throws HoldfastException {@code BACKUP_NOT_FOUND} if it is gone
   */
  ForeignReader open(ForeignSnapshot snapshot) throws IOException;

  /**
   * The snapshot whose id begins like that.
   *
   * @param abbreviation any text
   * @return empty if there is none
   * @throws HoldfastException {@code USAGE} if there are several
   */
  default Optional<ForeignSnapshot> find(String abbreviation) throws IOException {
    if (!ForeignSnapshot.isAbbreviation(abbreviation)) {
      return Optional.empty();
    }
    List<ForeignSnapshot> found =
        list().stream().filter(snapshot -> snapshot.id().startsWith(abbreviation)).toList();
    if (found.size() > 1) {
      throw new HoldfastException(
          ErrorCode.USAGE,
          "the ids of " + found.size() + " snapshots begin with " + abbreviation,
          "Name more digits: "
              + String.join(", ", found.stream().limit(5).map(ForeignSnapshot::shortId).toList())
              + (found.size() > 5 ? ", …" : "")
              + ".");
    }
    return found.stream().findFirst();
  }
}
