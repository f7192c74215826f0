package io.holdfast.vault.backend;

import io.holdfast.engine.configuration.Settings;
import io.holdfast.engine.repository.RepositoryContext;

/**
 * A sort of storage, found through {@link java.util.ServiceLoader}: whoever brings another one puts
 * its jar on the path. One is made at every start of the program, so that its constructor loads
 * nothing; what a storage needs is loaded when it is opened.
 */
public interface BackendKind {
  /** The word before the first colon of an address: {@code rest} in {@code rest:https://…}. */
  String scheme();

  /** What an address looks like, for people: {@code rest:https://HOST/PATH/}. */
  String form();

  /**
   * Binds the settings of a storage; touches nothing. What they do not say may come from the
   * environment, so that an address alone is enough.
   *
   * @param address what follows the scheme and its colon
   * @param settings the mapping {@code storage}; problems of its keys are reported there
   * @throws IllegalArgumentException if the address is none, with what is allowed. No part of the
   *     address is in the message, since it may hold a password
   */
  Storage storage(String address, Settings settings, RepositoryContext context);
}
