package io.holdfast.vault.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.vault.backend.BackendException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where credentials come from. */
class CredentialsTest {
  private static final String DOCUMENT =
      """
      {"Code":"Success","AccessKeyId":"ID3","SecretAccessKey":"secret3","Token":"token3",
       "Expiration":"2026-01-01T06:00:00Z","Other":{"a":[1]}}
      """;

  @TempDir Path directory;
  private final Map<String, String> variables = new HashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer service;
  private String role = "a role";

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    service.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getRawPath();
          String secret = exchange.getRequestHeaders().getFirst("X-aws-ec2-metadata-token");
          requests.add(exchange.getRequestMethod() + " " + path);
          String answer =
              switch (path) {
                case "/latest/api/token" -> "the-token";
                case "/latest/meta-data/iam/security-credentials/" ->
                    "the-token".equals(secret) ? role : "";
                case "/latest/meta-data/iam/security-credentials/a%20role" -> DOCUMENT;
                case "/container" ->
                    "bearer".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                        ? DOCUMENT
                        : "";
                default -> "";
              };
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              body.length == 0 ? 404 : 200, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  private String service() {
    return "http://127.0.0.1:" + service.getAddress().getPort();
  }

  private FromService asked() {
    return new FromService(PosixFileLayer.create(), variables::get);
  }

  @Test
  @DisplayName("the environment has both or none")
  void environment() {
    var source = new FromEnvironment(variables::get);
    assertThat(source.find()).isEmpty();
    variables.put("AWS_ACCESS_KEY_ID", "ID");
    assertThatIllegalArgumentException().isThrownBy(source::find);
    variables.put("AWS_SECRET_ACCESS_KEY", "secret");
    variables.put("AWS_SESSION_TOKEN", "token");
    assertThat(source.find()).contains(S3Credentials.lasting("ID", "secret", Optional.of("token")));
  }

  @Test
  @DisplayName("a profile is a section of a file, with comments and spaces")
  void profile() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("credentials"),
            """
            # comment
            [default]
            aws_access_key_id=ID1
            aws_secret_access_key = se=cret1
            [ other ]
              aws_access_key_id = ID2
            ; aws_access_key_id = ID9
            aws_secret_access_key=secret2
            aws_session_token=token2
            """);
    assertThat(profile(file, "default", false).find())
        .contains(S3Credentials.lasting("ID1", "se=cret1", Optional.empty()));
    assertThat(profile(file, "other", true).find())
        .contains(S3Credentials.lasting("ID2", "secret2", Optional.of("token2")));
    assertThat(profile(file, "none", false).find()).isEmpty();
    assertThat(profile(directory.resolve("none"), "default", false).find()).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> profile(file, "none", true).find());
  }

  private static FromProfile profile(Path file, String name, boolean required) {
    return new FromProfile(PosixFileLayer.create(), FilePath.of(file), name, required);
  }

  @Test
  @DisplayName("a machine is asked with a token of its service")
  void machine() throws Exception {
    variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", service() + "/");
    S3Credentials found = asked().find().orElseThrow();
    assertThat(found)
        .isEqualTo(
            new S3Credentials(
                "ID3",
                "secret3",
                Optional.of("token3"),
                Optional.of(Instant.parse("2026-01-01T06:00:00Z"))));
    assertThat(requests.getFirst()).isEqualTo("PUT /latest/api/token");
    role = "";
    assertThat(asked().find()).isEmpty();
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    requests.clear();
    assertThat(asked().find()).isEmpty();
    assertThat(requests).isEmpty();
  }

  @Test
  @DisplayName("where no such service is, nobody waits for it")
  void nobody() throws Exception {
    service.stop(0);
    variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", service());
    assertThat(asked().find()).isEmpty();
  }

  @Test
  @DisplayName("a container is asked where its environment says, without TLS only nearby")
  void container() throws Exception {
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", service() + "/container");
    variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "bearer");
    assertThat(asked().find()).isPresent();
    variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "other");
    assertThatThrownBy(asked()::find).isInstanceOf(BackendException.class);
    variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/x");
    assertThatIllegalArgumentException().isThrownBy(asked()::find);
  }

  @Test
  @DisplayName("a document that is none is refused, without a word of it")
  void document() {
    for (String text : List.of("", "[]", "{\"AccessKeyId\":\"very secret\"}", "very secret")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CredentialDocument.parse(text.getBytes(StandardCharsets.UTF_8)))
          .satisfies(e -> assertThat(e.toString()).doesNotContain("very secret"));
    }
  }

  @Test
  @DisplayName("what expires is fetched again before it does, and what was refused at once")
  void renewal() throws Exception {
    var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    var given = new ArrayDeque<>(List.of("A", "B", "C"));
    CredentialSource source =
        new CredentialSource() {
          @Override
          public String name() {
            return "the test";
          }

          @Override
          public Optional<S3Credentials> find() {
            return Optional.of(
                new S3Credentials(
                    given.pop(),
                    "secret",
                    Optional.empty(),
                    Optional.of(now.get().plusSeconds(3600))));
          }
        };
    InstantSource time = now::get;
    Clock clock = time.withZone(ZoneOffset.UTC);
    var credentials = new Credentials(List.of(source), clock);
    assertThat(credentials.get().orElseThrow().accessKeyId()).isEqualTo("A");
    now.set(now.get().plusSeconds(3000));
    assertThat(credentials.get().orElseThrow().accessKeyId()).isEqualTo("A");
    now.set(now.get().plusSeconds(310));
    assertThat(credentials.get().orElseThrow().accessKeyId()).isEqualTo("B");
    credentials.forget();
    assertThat(credentials.get().orElseThrow().accessKeyId()).isEqualTo("C");
  }

  @Test
  @DisplayName("where none are, all places that were looked at are named")
  void none() {
    var credentials =
        new Credentials(List.of(new FromEnvironment(variables::get)), Clock.systemUTC());
    assertThatThrownBy(credentials::get)
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("no credentials in the environment (AWS_ACCESS_KEY_ID)");
  }
}
