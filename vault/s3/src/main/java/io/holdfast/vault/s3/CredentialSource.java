package io.holdfast.vault.s3;

import java.io.IOException;
import java.util.Optional;

/** A place where credentials may be. By any thread. */
interface CredentialSource {
  /** The place, for people: {@code the environment}. */
  String name();

  /**
   * Looks there.
   *
   * @return empty if nothing of the kind is there
   * @throws IOException if something is, and cannot be used; no text holds a secret
   * @throws io.holdfast.engine.error.HoldfastException if a secret that the configuration names
   *     cannot be had
   */
  Optional<S3Credentials> find() throws IOException;
}
