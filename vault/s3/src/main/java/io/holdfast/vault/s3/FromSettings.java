package io.holdfast.vault.s3;

import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.file.FileLayer;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keys that the configuration names.
 *
 * @param accessKeyId the name of the key
 * @param secret where the key is to be had
 */
record FromSettings(
    String accessKeyId,
    SecretSource secret,
    FileLayer files,
    UnaryOperator<@Nullable String> variables)
    implements CredentialSource {
  @Override
  public String name() {
    return "the configuration";
  }

  @Override
  public Optional<S3Credentials> find() {
    return Optional.of(
        S3Credentials.lasting(accessKeyId, secret.fetch(files, variables), Optional.empty()));
  }

  @Override
  public String toString() {
    return "FromSettings[accessKeyId=" + accessKeyId + "]";
  }
}
