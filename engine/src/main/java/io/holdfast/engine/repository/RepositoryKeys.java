package io.holdfast.engine.repository;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The passwords of a repository that is encrypted: any of them opens it. Thread-safe. */
public interface RepositoryKeys {
  /** The keys that there are, oldest first. */
  List<Key> list() throws IOException;

  /**
   * Adds a password.
   *
   * @param password UTF-8, not empty; not kept
   * @return the id of its key
   */
  String add(byte[] password) throws IOException;

  /**
   * Removes a password.
   *
   * @param id as in {@link Key}, or a beginning of it that no other has
   * @return the whole id
   * @throws io.holdfast.engine.error.HoldfastException {@code USAGE} if it is the one in use, or
   *     the last, or none or several are meant
   */
  String remove(String id) throws IOException;

  /**
   * Puts another password in place of the one in use, which opens nothing any more.
   *
   * @param password as above
   * @return the id of its key
   */
  String change(byte[] password) throws IOException;

  /**
   * One password's key.
   *
   * @param id 64 hex digits
   * @param current whether it is the one in use
   * @param username who made it, as he said; may be empty
   * @param hostname where, as he said; may be empty
   * @param created when, as he said
   */
  record Key(
      String id, boolean current, String username, String hostname, Optional<Instant> created) {}
}
