package io.holdfast.server.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SignatureTest {
  /** Computed with {@code printf '1795240800.{"a":1}' | openssl dgst -sha256 -hmac secret}. */
  @Test
  void isWhatOpensslComputes() {
    assertThat(
            Signature.of(
                "secret".getBytes(StandardCharsets.UTF_8),
                "1795240800",
                "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("sha256=87f7e432b9297add6e956ccebaf9f3196e41d14b1d7317eb24f32c7dc1f9fdd9");
  }
}
