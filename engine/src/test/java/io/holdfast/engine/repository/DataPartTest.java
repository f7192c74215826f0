package io.holdfast.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataPartTest {
  @ParameterizedTest
  @CsvSource({"1/4, 0.25", "3/4, 0.75", "7/7, 1", "10%, 0.1", "0.5%, 0.005", "100%, 1"})
  void readsRatiosAndPercentages(String text, double fraction) {
    assertThat(DataPart.parse(text).fraction()).isEqualTo(fraction);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0/7", "8/7", "1/0", "0%", "101%", "1/7/2", "-1/7", "ten", "5"})
  void refusesEverythingElse(String text) {
    assertThatThrownBy(() -> DataPart.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
