package io.holdfast.server.state;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Who did what that needs a privilege. Nothing in it is ever changed; only age removes it. */
public interface AuditLog {
  /**
   * One act.
   *
   * @param id ascending; 0 in a record that is not stored yet
   * @param actor name of the token, or of the part of the server, that acted
   * @param action such as {@code backup.restore}
   * @param subject what it was done to; may be empty
   * @param outcome such as {@code started}, {@code refused}, {@code completed}
   * @param address where the request came from; empty for acts of the server itself
   * @param correlation id of the request; may be empty
   */
  record Act(
      long id,
      Instant at,
      String actor,
      String action,
      String subject,
      String outcome,
      String address,
      String correlation) {}

  /** Records an act; its id is ignored. */
  void append(Act act);

  /**
   * Acts, newest first.
   *
   * @param before only acts with a smaller id; empty to begin with the newest
   * @param limit at most so many, 1 or more
   */
  List<Act> page(OptionalLong before, int limit);

  /**
   * Forgets acts of before an instant.
   *
   * @return how many
   */
  int prune(Instant before);
}
