package io.holdfast.vault.s3;

import io.holdfast.vault.backend.http.HttpSettings;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** S3Proxy in this process, in memory unless said otherwise. */
final class ProxyStore implements AutoCloseable {
  static final String ID = "AKTEST";
  static final String SECRET = "SK/TEST+SKTEST";
  static final String BUCKET = "backups";

  private final BlobStore blobs;
  private final S3Proxy server;

  ProxyStore() throws Exception {
    this(new TransientNio2BlobStore());
  }

  ProxyStore(BlobStore blobs) throws Exception {
    this.blobs = blobs;
    blobs.createContainer(BUCKET);
    server =
        S3Proxy.builder()
            .blobStore(blobs)
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ID, SECRET)
            .endpoint(URI.create("http://127.0.0.1:0"))
            // The clock of tests of repositories stands still.
            .maximumTimeSkew(Integer.MAX_VALUE)
            .build();
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** The address of a vault, as restic and Holdfast take it. */
  String url(String prefix) {
    return "s3:" + endpoint() + "/" + BUCKET + "/" + prefix;
  }

  /** What restic and Holdfast find in their environment. */
  static Map<String, String> environment() {
    return Map.of("AWS_ACCESS_KEY_ID", ID, "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  S3Settings settings(String prefix) {
    return new S3Settings(
        S3Address.parse(endpoint() + "/" + BUCKET + "/" + prefix),
        "us-east-1",
        Addressing.AUTO,
        true,
        credentials(SECRET),
        HttpSettings.usual(),
        Clock.systemUTC());
  }

  static Credentials credentials(String secret) {
    CredentialSource source =
        new CredentialSource() {
          @Override
          public String name() {
            return "the test";
          }

          @Override
          public Optional<S3Credentials> find() {
            return Optional.of(S3Credentials.lasting(ID, secret, Optional.empty()));
          }
        };
    return new Credentials(List.of(source), Clock.systemUTC());
  }

  void put(String key, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    blobs.putBlob(
        PutObjectRequest.builder()
            .bucket(BUCKET)
            .key(key)
            .contentLength((long) bytes.length)
            .build(),
        new ByteArrayInputStream(bytes));
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
