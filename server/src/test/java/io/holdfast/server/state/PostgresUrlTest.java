package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:postgresql://db/app | postgresql://db/app",
        "jdbc:postgresql://db.example.org:5433/app?ssl=true&sslmode=verify-full"
            + " | postgresql://db.example.org:5433/app",
        "jdbc:postgresql://one:5432,two:5432/app?targetServerType=primary"
            + " | postgresql://one:5432,two:5432/app",
        "jdbc:postgresql://[::1]:5432/app | postgresql://[::1]:5432/app",
      })
  void urlsAreTakenAndNamedWithoutTheirParameters(String url, String place) {
    assertThat(PostgresUrl.place(url)).isEqualTo(place);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgresql://db/app",
        "jdbc:mysql://db/hunter2",
        "jdbc:postgresql:hunter2",
        "jdbc:postgresql://db:hunter2/app",
        "jdbc:postgresql://me:hunter2@db/app",
        "jdbc:postgresql://db/app/hunter2",
        "jdbc:postgresql://db/app?password=hunter2",
        "jdbc:postgresql://db/app?ssl=true&PassWord=hunter2",
        "jdbc:postgresql://db/app?sslpassword=hunter2",
        "jdbc:postgresql://db/app?a=b\n&password=hunter2"
      })
  void whatIsNoUrlOrHoldsAPasswordIsRefusedAndNotRepeated(String url) {
    assertThatThrownBy(() -> PostgresUrl.place(url))
        .isInstanceOfSatisfying(
            HoldfastException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(refused.message() + refused.guidance()).doesNotContain("hunter2");
              assertThat(refused.guidance()).isNotEmpty();
            });
  }

  @Test
  void aLocationDoesNotShowItsSecrets() {
    var location =
        new StateLocation.Postgres(
            "jdbc:postgresql://db/app?password=hunter2",
            "me",
            new Supplier<>() {
              @Override
              public String get() {
                return "hunter2";
              }

              @Override
              public String toString() {
                return "hunter2";
              }
            });
    assertThat(location.toString()).doesNotContain("hunter2").contains("me");
    assertThat(new PostgresLogin("me", location.password()).toString()).isEqualTo("me");
  }
}
