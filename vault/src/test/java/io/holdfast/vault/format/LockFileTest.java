package io.holdfast.vault.format;

import static io.holdfast.vault.format.Documents.text;
import static io.holdfast.vault.format.Documents.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LockFileTest {
  @Test
  @DisplayName("A lock is written as restic writes it, and comes back")
  void roundTrip() throws Exception {
    byte[] json = Documents.lock().encode();
    assertThat(text(json))
        .isEqualTo(
            "{\"time\":\"2014-12-22T14:47:59.912418701+01:00\",\"exclusive\":true,"
                + "\"hostname\":\"host\",\"username\":\"root\",\"pid\":4711,\"gid\":100}");
    assertThat(LockFile.decode(json, "lock 1")).isEqualTo(Documents.lock());
  }

  @Test
  @DisplayName("Other keys are passed over, and all but the time may lack")
  void lenient() throws Exception {
    assertThat(LockFile.decode(utf8("{\"x\":1,\"time\":\"2020-09-13T12:26:40Z\"}"), "lock 1"))
        .isEqualTo(new LockFile(Documents.UTC, false, "", "", 0, 0, 0));
  }

  @Test
  @DisplayName("A lock without a time is not taken for a stale one")
  void noTime() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> LockFile.decode(utf8("{\"exclusive\":true}"), "lock 1"))
        .withMessage("lock 1: it has no time");
  }
}
