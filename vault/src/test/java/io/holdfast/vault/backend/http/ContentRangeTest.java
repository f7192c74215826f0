package io.holdfast.vault.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header that tells of a part. */
class ContentRangeTest {
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
