package io.holdfast.vault.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.configuration.SettingsDocument;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.RepositoryContext;
import io.holdfast.vault.backend.Storage;
import io.holdfast.vault.backend.StorageKinds;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a configuration may say of a bucket. */
class S3BackendKindTest {
  private static Optional<Storage> read(String yaml) {
    SettingsDocument document =
        SettingsDocument.yaml(
            FilePath.of("/etc/holdfast.yaml"),
            yaml.getBytes(StandardCharsets.UTF_8),
            Optional.empty());
    Optional<Storage> storage =
        StorageKinds.onPath()
            .read(
                document.settings(),
                new RepositoryContext(
                    PosixFileLayer.create(),
                    Clock.systemUTC(),
                    FilePath.of("/nowhere"),
                    none -> null));
    document.done();
    return storage;
  }

  @ParameterizedTest
  @CsvSource({
    "https://s3.example.com/bucket/a/b/, https://s3.example.com, bucket, a/b",
    "https://S3.example.com:443/bucket, https://s3.example.com, bucket, ''",
    "http://localhost:9000/bucket//a%20b, http://localhost:9000, bucket, a b",
    "s3.amazonaws.com/bucket/x, https://s3.amazonaws.com, bucket, x",
    "//s3.amazonaws.com/bucket/x, https://s3.amazonaws.com, bucket, x"
  })
  @DisplayName("the forms that restic knows are known")
  void addresses(String text, String endpoint, String bucket, String prefix) {
    assertThat(S3Address.parse(text))
        .isEqualTo(new S3Address(URI.create(endpoint), bucket, prefix));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://host",
        "https://host/",
        "https://user:pa55word@host/bucket",
        "https://host/bucket?pa55word",
        "https://host/bucket#pa55word",
        "https://host/bu cket",
        "https://host/b",
        "https://host/bucket/../x",
        "https://host/bucket/a%0ab"
      })
  @DisplayName("what is no address is refused, and not repeated")
  void noAddress(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> S3Address.parse(text))
        .satisfies(e -> assertThat(e.toString()).doesNotContain("pa55word"));
    assertThatThrownBy(() -> read("url: 's3:" + text + "'"))
        .hasMessageContaining("an address that cannot be used")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("pa55word"));
  }

  @Test
  @DisplayName("Amazon's endpoints tell their region, and the common one is left for a region's")
  void regions() {
    S3Address common = S3Address.parse("s3.amazonaws.com/bucket");
    assertThat(common.region()).isEmpty();
    assertThat(common.in("eu-west-1").endpoint())
        .isEqualTo(URI.create("https://s3.eu-west-1.amazonaws.com"));
    assertThat(common.in("us-east-1")).isEqualTo(common);
    assertThat(S3Address.parse("s3.eu-central-1.amazonaws.com/bucket").region())
        .contains("eu-central-1");
    assertThat(S3Address.parse("s3.eu-central-1.example.com/bucket").isAmazon()).isFalse();
  }

  @Test
  @DisplayName("a bucket's location is its address, without secrets")
  void location() {
    assertThat(
            read("""
            url: s3:https://host/bucket/prefix
            storage: {region: eu-1, addressing: virtual, access_key_id: ID,
              secret_access_key_env: X, stall_timeout: 1m}
            """)
                .orElseThrow()
                .location())
        .isEqualTo("s3:https://host/bucket/prefix");
    assertThat(read("url: rest:http://host/x").orElseThrow().location())
        .isEqualTo("rest:http://host/x/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url: ftp:x",
        "url: nothing",
        "{url: 's3:h/bucket', path: /x}",
        "{}",
        "{url: 's3:h/bucket', storage: {access_key_id: x}}",
        "{url: 's3:h/bucket', storage: {secret_access_key_env: x}}",
        "{url: 's3:h/bucket', storage: {profile: x, anonymous: true}}",
        "{url: 's3:h/bucket', storage: {regoin: x}}",
        "{url: 's3:h/bucket', storage: {region: '../x'}}",
        "{url: 'rest:http://h/x', storage: {user: x}}",
        "{url: 'rest:http://h/x', storage: {user: 'a:b', password_env: X}}",
        "{url: 'rest:http://h/x', storage: {token_env: x, user: y, password_env: z}}",
        "{url: 'rest:ftp://h/x'}",
        "{path: /x, storage: {region: x}}"
      })
  @DisplayName("mistakes are told")
  void mistakes(String yaml) {
    assertThatThrownBy(() -> read(yaml)).hasMessageContaining("problem");
  }
}
