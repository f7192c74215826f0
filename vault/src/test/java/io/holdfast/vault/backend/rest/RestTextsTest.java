package io.holdfast.vault.backend.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.holdfast.vault.ContentId;
import io.holdfast.vault.backend.Backend.Listed;
import java.util.Optional;
import java.util.OptionalLong;
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

  @Test
  @DisplayName("a part that was sent is told from its header")
  void range() {
    assertThat(ContentRange.parse("bytes 5-9/10"))
        .contains(new ContentRange(5, OptionalLong.of(10)));
    assertThat(ContentRange.parse(" bytes 0-0/* "))
        .contains(new ContentRange(0, OptionalLong.empty()));
    assertThat(ContentRange.parse("bytes 0--1/0"))
        .contains(new ContentRange(0, OptionalLong.of(0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes 5-9",
        "bytes */10",
        "lines 1-2/3",
        "bytes -1-2/3",
        "bytes 1-2/99999999999999999999"
      })
  @DisplayName("what tells of no part is ignored")
  void noRange(String text) {
    assertThat(ContentRange.parse(text)).isEqualTo(Optional.empty());
  }
}
