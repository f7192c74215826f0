package io.holdfast.vault.s3;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN}. */
record FromEnvironment(UnaryOperator<@Nullable String> variables) implements CredentialSource {
  private static final String ID = "AWS_ACCESS_KEY_ID";
  private static final String SECRET = "AWS_SECRET_ACCESS_KEY";

  @Override
  public String name() {
    return "the environment (" + ID + ")";
  }

  @Override
  public Optional<S3Credentials> find() {
    Optional<String> id = variable(ID);
    Optional<String> secret = variable(SECRET);
    if (id.isPresent() != secret.isPresent()) {
      throw new IllegalArgumentException(
          "only one of " + ID + " and " + SECRET + " is set; they count together");
    }
    return id.map(
        key -> S3Credentials.lasting(key, secret.orElseThrow(), variable("AWS_SESSION_TOKEN")));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.apply(name)).filter(value -> !value.isEmpty());
  }
}
