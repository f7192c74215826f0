package io.holdfast.server.http;

import io.holdfast.engine.repository.transfer.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Digests of the tokens that were good lately, a bounded number. Who presents one of them is no
 * guesser, and is not locked out because somebody else behind the same address is. It says nothing
 * about whether a token is still good. Thread-safe.
 */
final class KnownTokens {
  private static final int TOKENS = 1024;

  private final Map<String, Boolean> digests = new LinkedHashMap<>(16, 0.75f, true);

  synchronized boolean contains(String token) {
    return digests.get(digest(token)) != null;
  }

  synchronized void add(String token) {
    digests.put(digest(token), true);
    if (digests.size() > TOKENS) {
      digests.remove(digests.keySet().iterator().next());
    }
  }

  synchronized void remove(String token) {
    digests.remove(digest(token));
  }

  private static String digest(String token) {
    return Sha256.hexOf(token.getBytes(StandardCharsets.UTF_8));
  }
}
