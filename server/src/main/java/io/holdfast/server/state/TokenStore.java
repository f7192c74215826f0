package io.holdfast.server.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** API tokens, of which only hashes are kept. */
public interface TokenStore {
  /**
   * A token.
   *
   * @param id public name of 12 lowercase hexadecimal digits, also the beginning of the secret
   * @param name what its maker called it; unique among the tokens that are not revoked
   * @param role the lowercase word of its role
   * @param target what it opens; empty for a token of the API
   * @param hash SHA-256 of the secret, in hexadecimal
   */
  record Token(
      String id,
      String name,
      String role,
      Optional<Target> target,
      String hash,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Instant> revokedAt) {}

  /**
   * A target that a token opens.
   *
   * @param deletes whether what is stored there may be deleted
   */
  record Target(String name, boolean deletes) {}

  /**
   * Adds a token.
   *
   * @return false if another that is not revoked has its name, also an expired one
   * @throws StateException also if there is one with its id
   */
  boolean add(Token token);

  Optional<Token> find(String id);

  /** All, in the order of their creation. */
  List<Token> all();

  /**
   * @return whether there was such a token that was not revoked
   */
  boolean revoke(String id, Instant at);
}
