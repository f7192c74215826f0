package io.holdfast.vault.s3;

import io.holdfast.vault.backend.http.HttpSettings;
import java.time.Clock;

/**
 * Which bucket, and how its store is spoken to.
 *
 * @param address of the vault
 * @param region that requests are signed for
 * @param addressing where the name of the bucket stands
 * @param conditional whether the store is asked to create a file only if there is none. One that
 *     says that it cannot is not asked again
 * @param credentials who asks
 * @param http how
 * @param clock tells stores when a request was made; they refuse one that is off by a quarter of an
 *     hour
 */
record S3Settings(
    S3Address address,
    String region,
    Addressing addressing,
    boolean conditional,
    Credentials credentials,
    HttpSettings http,
    Clock clock) {

  /** Whether the bucket's name is a part of the host's. */
  boolean isVirtual() {
    return switch (addressing) {
      case PATH -> false;
      case VIRTUAL -> true;
      // A dot would make a name that no certificate is for.
      case AUTO -> address.isAmazon() && address.bucket().matches("[a-z0-9-]+");
    };
  }
}
