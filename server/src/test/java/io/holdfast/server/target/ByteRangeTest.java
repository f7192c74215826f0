package io.holdfast.server.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-9, 0, 10",
    "bytes=3-5, 3, 3",
    "bytes=9-9, 9, 1",
    "bytes=5-, 5, 5",
    "bytes=5-100, 5, 5",
    "bytes=5-999999999999999999, 5, 5",
    "bytes=-1, 9, 1",
    "bytes=-10, 0, 10",
    "bytes=-11, 0, 10",
    "BYTES = 3 - 5, 3, 3",
  })
  void aPart(String header, long first, long length) {
    assertThat(ByteRange.of(Optional.of(header), 10))
        .isEqualTo(new ByteRange.Part(new ByteRange(first, length)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5-3",
        "bytes=0-1,3-4",
        "lines=0-1",
        "bytes=a-b",
        "bytes=+1-2",
        "bytes=0x1-2",
        "bytes=9999999999999999999-",
        "bytes=1-2-3",
      })
  void whatIsNoneIsPassedOver(String header) {
    assertThat(ByteRange.of(Optional.of(header), 10)).isEqualTo(new ByteRange.Whole());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=10-, 10",
    "bytes=10-20, 10",
    "bytes=-0, 10",
    "bytes=0-0, 0",
    "bytes=0-, 0",
    "bytes=-5, 0",
  })
  void whatThereIsNot(String header, long size) {
    assertThat(ByteRange.of(Optional.of(header), size)).isEqualTo(new ByteRange.Beyond());
  }

  @Test
  void isToldWithTheSizeOfAll() {
    assertThat(new ByteRange(3, 4).of(10)).isEqualTo("bytes 3-6/10");
  }
}
