package io.holdfast.vault.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTrees;
import io.holdfast.vault.backend.BackendException;
import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.http.Conversation;
import io.holdfast.vault.backend.http.Gather;
import io.holdfast.vault.backend.http.HttpSettings;
import io.holdfast.vault.backend.http.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A service beside the machine or the container that gives credentials out: that of containers, if
 * the environment names it, or else the one of Amazon's machines, version 2, which is asked for a
 * token first.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html">of
 *     machines</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">of
 *     containers</a>
 */
record FromService(FileLayer files, UnaryOperator<@Nullable String> variables)
    implements CredentialSource {
  private static final int MOST_BYTES = 64 << 10;
  private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

  /** Where there is no such service the packets go nowhere, and nobody should wait for that. */
  private static final HttpSettings QUICKLY =
      new HttpSettings(Optional.empty(), Duration.ofSeconds(1), Duration.ofSeconds(2));

  /** A secret is asked for at none but these without TLS. */
  private static final Set<String> NEAR =
      Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "127.0.0.1");

  @Override
  public String name() {
    return "the service of the machine or the container";
  }

  @Override
  public Optional<S3Credentials> find() throws IOException {
    Optional<String> relative = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
    Optional<String> full =
        relative
            .map(path -> "http://169.254.170.2" + path)
            .or(() -> variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"));
    if (full.isPresent()) {
      return Optional.of(ofContainer(address(full.get())));
    }
    if (variable("AWS_EC2_METADATA_DISABLED").filter("true"::equalsIgnoreCase).isPresent()) {
      return Optional.empty();
    }
    return ofMachine(
        variable("AWS_EC2_METADATA_SERVICE_ENDPOINT")
            .orElse("http://169.254.169.254")
            .replaceAll("/+$", ""));
  }

  private S3Credentials ofContainer(URI address) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    Optional<String> file = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
    Optional<String> token =
        file.isPresent()
            ? Optional.of(
                new String(FileTrees.readAll(files, FilePath.of(file.get()), MOST_BYTES), UTF_8)
                    .strip())
            : variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
    try {
      token.ifPresent(value -> request.header("Authorization", value));
    } catch (IllegalArgumentException hidden) {
      throw new IllegalArgumentException("the token for it cannot be sent");
    }
    try (var talk = new Talk()) {
      return CredentialDocument.parse(talk.say(request.GET()).orElseThrow(talk::failure));
    }
  }

  private static URI address(String text) {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException hidden) {
      throw new IllegalArgumentException("its address in the environment is none");
    }
    if (!"https".equals(address.getScheme()) && !NEAR.contains(address.getHost())) {
      throw new IllegalArgumentException("its address is neither near nor HTTPS");
    }
    return address;
  }

  /** Empty where there is no such service, or the machine has no role. */
  private static Optional<S3Credentials> ofMachine(String service) throws IOException {
    try (var talk = new Talk()) {
      Optional<byte[]> token;
      try {
        token =
            talk.say(
                HttpRequest.newBuilder(URI.create(service + "/latest/api/token"))
                    .header("X-aws-ec2-metadata-token-ttl-seconds", "21600")
                    .PUT(HttpRequest.BodyPublishers.noBody()));
      } catch (BackendException nobody) {
        return Optional.empty();
      }
      if (token.isEmpty()) {
        return Optional.empty();
      }
      String secret = new String(token.get(), UTF_8).strip();
      Optional<String> role =
          talk.say(asked(service + ROLES, secret))
              .flatMap(body -> new String(body, UTF_8).lines().findFirst())
              .map(String::strip);
      if (role.isEmpty()) {
        return Optional.empty();
      }
      byte[] document =
          talk.say(asked(service + ROLES + UriText.encode(role.get()), secret))
              .orElseThrow(talk::failure);
      return Optional.of(CredentialDocument.parse(document));
    }
  }

  private static HttpRequest.Builder asked(String address, String token) {
    try {
      return HttpRequest.newBuilder(URI.create(address))
          .header("X-aws-ec2-metadata-token", token)
          .GET();
    } catch (IllegalArgumentException hidden) {
      throw new IllegalArgumentException("the token that it gave cannot be sent");
    }
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.apply(name)).filter(value -> !value.isEmpty());
  }

  /** Some questions to a service. */
  private static final class Talk implements AutoCloseable {
    private final Conversation conversation =
        new Conversation(QUICKLY, "the service of credentials");

    /** The body of the answer; empty if it is no success. */
    Optional<byte[]> say(HttpRequest.Builder request) throws IOException {
      HttpResponse<Gather.Gathered> answer =
          conversation
              .about("get", "credentials")
              .exchange(t -> request, (info, transfer) -> new Gather(transfer, MOST_BYTES));
      return Status.isSuccess(answer.statusCode())
          ? Optional.of(answer.body().bytes())
          : Optional.empty();
    }

    BackendException failure() {
      return new BackendException(
          "get", "credentials", Reason.TRANSIENT, "the service that gives them out has none now");
    }

    @Override
    public void close() {
      conversation.close();
    }
  }
}
