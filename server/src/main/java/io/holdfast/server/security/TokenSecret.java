package io.holdfast.server.security;

import io.holdfast.engine.repository.transfer.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the bearer of a token knows. Never logged: its text is only had by {@link #reveal}. */
public final class TokenSecret {
  private static final int ID_BYTES = 6;
  private static final int SECRET_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("hf_([0-9a-f]{12})_[A-Za-z0-9_-]{43}");

  private final String text;
  private final String id;

  private TokenSecret(String text, String id) {
    this.text = text;
    this.id = id;
  }

  static TokenSecret random(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(id);
    random.nextBytes(secret);
    String name = HexFormat.of().formatHex(id);
    return new TokenSecret(
        "hf_" + name + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret), name);
  }

  static Optional<TokenSecret> parse(String text) {
    var matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new TokenSecret(text, matcher.group(1)))
        : Optional.empty();
  }

  String id() {
    return id;
  }

  String hash() {
    return Sha256.hexOf(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text, to be shown once. */
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "token " + id;
  }
}
