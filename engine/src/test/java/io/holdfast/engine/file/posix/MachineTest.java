package io.holdfast.engine.file.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {
  @Test
  void knowsLinuxOnTwoProcessors() {
    assertThat(Machine.of("Linux", "amd64")).isEqualTo(Machine.X86_64);
    assertThat(Machine.of("Linux", "aarch64")).isEqualTo(Machine.AARCH64);
  }

  @ParameterizedTest
  @CsvSource({"Mac OS X, aarch64", "Windows 11, amd64", "Linux, riscv64", "Linux, i386"})
  void refusesTheRestByName(String os, String arch) {
    assertThatExceptionOfType(HoldfastException.class)
        .isThrownBy(() -> Machine.of(os, arch))
        .returns(ErrorCode.PLATFORM_UNSUPPORTED, HoldfastException::code)
        .satisfies(e -> assertThat(e.message()).contains(os.equals("Linux") ? arch : os))
        .satisfies(e -> assertThat(e.guidance()).isNotBlank());
  }
}
