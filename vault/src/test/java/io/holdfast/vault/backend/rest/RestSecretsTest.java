package io.holdfast.vault.backend.rest;

import static io.holdfast.vault.backend.rest.RestFixture.assertRefused;
import static io.holdfast.vault.backend.rest.RestFixture.bytes;
import static io.holdfast.vault.backend.rest.RestFixture.operations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.holdfast.vault.backend.BackendException.Reason;
import io.holdfast.vault.backend.FileId;
import io.holdfast.vault.backend.rest.FaultSwitch.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks, and that nobody else learns how he proves it. */
class RestSecretsTest {
  private static final String SECRET = "correct-horse";
  private static final String ENCODED = "dXNlcjpjb3JyZWN0LWhvcnNl";

  private TestRestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestRestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RestBackend open(RestCredentials credentials) {
    return new RestBackend(RestSettings.of(server.address(), credentials));
  }

  @Test
  @DisplayName("a name and a password, or a token, are sent without being asked for")
  void sent() throws IOException {
    server.requireAuthorization("Basic " + ENCODED);
    try (var backend = open(new RestCredentials.Basic("user", () -> SECRET))) {
      assertThat(backend.exists(FileId.CONFIG)).isFalse();
    }
    server.requireAuthorization("Bearer " + SECRET);
    try (var backend = open(new RestCredentials.Bearer(() -> SECRET))) {
      assertThat(backend.exists(FileId.CONFIG)).isFalse();
    }
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  @DisplayName("a secret that was changed is used from the next request on")
  void changed() throws IOException {
    var token = new AtomicReference<>("old");
    server.requireAuthorization("Bearer new");
    try (var backend = open(new RestCredentials.Bearer(token::get))) {
      assertRefused(Reason.UNAUTHENTICATED, () -> backend.exists(FileId.CONFIG));
      token.set("new");
      assertThat(backend.exists(FileId.CONFIG)).isFalse();
    }
  }

  @Test
  @DisplayName("no text that is made says the secret")
  void neverTold() {
    server.requireAuthorization("Bearer another");
    for (RestCredentials credentials :
        List.of(
            new RestCredentials.Basic("user", () -> SECRET),
            new RestCredentials.Bearer(() -> SECRET),
            new RestCredentials.Bearer(() -> SECRET + "\nX-Evil: 1"))) {
      assertThat(credentials.toString()).doesNotContain(SECRET);
      assertThat(RestSettings.of(server.address(), credentials).toString())
          .doesNotContain(SECRET, ENCODED);
      try (var backend = open(credentials)) {
        assertThat(backend.location()).doesNotContain(SECRET);
        operations(backend, bytes(1, 10))
            .forEach((name, call) -> {
              assertRefused(Reason.UNAUTHENTICATED, call);
              assertThat(everythingSaid(catchThrowable(call))).doesNotContain(SECRET, ENCODED);
            });
        server.fault().set(Kind.REFUSED, "");
        assertThat(everythingSaid(catchThrowable(backend::create))).doesNotContain(SECRET, ENCODED);
        server.fault().clear();
      }
    }
  }

  private static String everythingSaid(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/vault/",
        "vault/",
        "https:///vault/",
        "http:opaque",
        "https://user:correct-horse@host/vault/",
        "https://host/vault/?token=correct-horse",
        "https://host/vault/#correct-horse"
      })
  @DisplayName("an address that is none, or that holds a secret, is refused without repeating it")
  void badAddresses(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestSettings.of(URI.create(address), new RestCredentials.Anonymous()))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET, "vault"));
  }

  @Test
  @DisplayName("an address ends with a slash, which may be left out")
  void slash() {
    for (String address : List.of("http://host/a%20b/vault", "http://host/a%20b/vault/")) {
      assertThat(RestSettings.of(URI.create(address), new RestCredentials.Anonymous()).address())
          .isEqualTo(URI.create("http://host/a%20b/vault/"));
    }
    assertThat(
            RestSettings.of(URI.create("http://host:8000"), new RestCredentials.Anonymous())
                .address())
        .isEqualTo(URI.create("http://host:8000/"));
  }
}
