package io.holdfast.vault.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What time a server says it is. */
class ServerTimeTest {
  private static HttpHeaders date(String value) {
    return HttpHeaders.of(Map.of("Date", List.of(value)), (name, each) -> true);
  }

  @Test
  @DisplayName("the header tells it, or nothing does")
  void date() {
    assertThat(ServerTime.of(date("Sun, 06 Nov 1994 08:49:37 GMT")))
        .contains(Instant.parse("1994-11-06T08:49:37Z"));
    assertThat(ServerTime.of(date("yesterday"))).isEmpty();
    assertThat(ServerTime.of(HttpHeaders.of(Map.of(), (name, each) -> true))).isEmpty();
  }
}
