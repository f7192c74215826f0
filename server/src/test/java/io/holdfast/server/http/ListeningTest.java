package io.holdfast.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ListeningTest {
  private static TestServer start(HttpSettings settings) {
    return TestServer.start(
        settings,
        routes -> routes.add("GET", "/open", Access.OPEN, request -> new Response.Empty(204)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "0"})
  void withoutTlsItStaysOnThisMachine(String host) {
    var settings =
        new HttpSettings(host, 0, Optional.empty(), false, Set.of(), HttpLimits.defaults());

    assertThatThrownBy(() -> start(settings))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(refused.message()).contains("without TLS");
              assertThat(refused.guidance()).contains("server.plain_http");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.1.2.3"})
  void loopbackNeedsNoTls(String host) {
    var settings =
        new HttpSettings(host, 0, Optional.empty(), false, Set.of(), HttpLimits.defaults());
    try (TestServer server = start(settings)) {
      assertThat(server.server.address().getAddress().isLoopbackAddress()).isTrue();
      assertThat(server.port()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"no.such.host.invalid, no such host", "192.0.2.1, cannot listen"})
  void sayWhyItCannotListen(String host, String reason) {
    var settings =
        new HttpSettings(host, 0, Optional.empty(), true, Set.of(), HttpLimits.defaults());

    assertThatThrownBy(() -> start(settings))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID))
        .hasMessageContaining(host)
        .hasMessageContaining(reason);
  }

  @Test
  void aPortThatIsTakenIsSaidToBe() {
    try (TestServer first = start(TestServer.loopback(0))) {
      var settings = TestServer.loopback(first.port());

      assertThatThrownBy(() -> start(settings))
          .isInstanceOf(HoldfastException.class)
          .hasMessageContaining("port " + first.port());
    }
  }
}
