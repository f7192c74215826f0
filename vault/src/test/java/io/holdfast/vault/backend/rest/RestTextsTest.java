package io.holdfast.vault.backend.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend.Listed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts of the protocol. */
class RestTextsTest {
  private static final String NAME = "0f".repeat(32);

  @Test
  @DisplayName("a list is read whatever its spaces, its order of keys and further keys")
  void list() {
    String list =
        " [ {\"size\": 12 , \"name\":\""
            + NAME
            + "\", \"more\":{\"deep\":[1,null,\"x\"]}},\n"
            + "{\"name\":\"README\",\"size\":1},"
            + "{\"name\":\""
            + "ab".repeat(32)
            + "\",\"size\":9007199254740993}]";
    assertThat(Listing.parse(list.getBytes(UTF_8)))
        .containsExactly(
            new Listed(ContentId.parse(NAME), 12),
            new Listed(ContentId.parse("ab".repeat(32)), 9_007_199_254_740_993L));
    assertThat(Listing.parse("[]".getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "\"text\"",
        "[",
        "[{}]",
        "[null]",
        "[\"name\"]",
        "[{\"name\":\"x\"}]",
        "[{\"size\":1}]",
        "[{\"name\":null,\"size\":1}]",
        "[{\"name\":5,\"size\":1}]",
        "[{\"name\":\"x\",\"size\":-1}]",
        "[{\"name\":\"x\",\"size\":null}]",
        "[{\"name\":\"x\",\"size\":\"1\"}]",
        "[{\"name\":\"x\",\"size\":1}",
        "[{\"name\":\"x\",\"size\":1},",
        "<html></html>"
      })
  @DisplayName("what is no list is refused")
  void noList(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Listing.parse(text.getBytes(UTF_8)));
  }
}
