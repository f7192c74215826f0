package io.holdfast.vault.s3;

import io.holdfast.engine.configuration.SecretSource;
import io.holdfast.engine.file.FileLayer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A document as Amazon's programs print it for others, {@code aws configure export-credentials}
 * above all: whatever a profile there asks for (single sign-on, roles, programs) comes this way.
 *
 * @param document where it is to be had
 */
record FromDocument(
    SecretSource document, FileLayer files, UnaryOperator<@Nullable String> variables)
    implements CredentialSource {
  @Override
  public String name() {
    return "the configuration (credentials)";
  }

  @Override
  public Optional<S3Credentials> find() {
    byte[] json = document.fetch(files, variables).getBytes(StandardCharsets.UTF_8);
    return Optional.of(CredentialDocument.parse(json));
  }
}
