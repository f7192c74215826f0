package io.holdfast.engine.repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of the locks of a repository when those of the dead were removed.
 *
 * @param removed how many are gone
 * @param left those that stay, since whoever put them may be at work
 */
public record Unlocking(int removed, List<Left> left) {
  /** Where locks go with whoever held them. */
  public static final Unlocking NOTHING = new Unlocking(0, List.of());

  public Unlocking {
    left = List.copyOf(left);
  }

  /**
   * A lock that stays.
   *
   * @param holder who put it, for people: {@code process 7 of root on mars}
   * @param since when it was put or renewed last; empty of one that cannot be read
   */
  public record Left(String holder, Optional<Instant> since) {}
}
