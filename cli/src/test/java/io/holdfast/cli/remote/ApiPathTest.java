package io.holdfast.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.HoldfastException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathTest {
  @ParameterizedTest
  @CsvSource({
    "retention.max_count, retention.max_count",
    "a/b, a%2Fb",
    "../../x, ..%2F..%2Fx",
    "a?b#c, a%3Fb%23c",
    "50%, 50%25",
    "a b, a%20b",
    "gr\u00fcn, gr%C3%BCn",
    "..., ..."
  })
  void aNameStaysOneSegment(String name, String written) {
    ApiPath path = ApiPath.of("admin", "runs", name, "progress");

    assertThat(path.text()).isEqualTo("/api/v1/admin/runs/" + written + "/progress");
    assertThat(ServerAddress.parse("http://localhost:1/base/").resolve(path))
        .hasToString("http://localhost:1/base" + path.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void aNameThatLeadsElsewhereIsNone(String name) {
    assertThatThrownBy(() -> ApiPath.of("admin", name)).isInstanceOf(HoldfastException.class);
  }

  @Test
  void parametersAreJoined() {
    assertThat(ApiPath.of("x").with("limit", "2").with("cursor", "a&b=c").text())
        .isEqualTo("/api/v1/x?limit=2&cursor=a%26b%3Dc");
  }
}
