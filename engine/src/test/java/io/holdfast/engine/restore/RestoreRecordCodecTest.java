package io.holdfast.engine.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.component.UndoRecord;
import io.holdfast.engine.component.UndoRecord.Move;
import io.holdfast.engine.component.UndoRecord.Swap;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.FileTime;
import io.holdfast.engine.restore.RestoreRecord.Part;
import io.holdfast.engine.restore.RestoreRecord.Stage;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RestoreRecordCodecTest {
  private static final FilePath FILE = FilePath.of("/state/restoring/x.json");
  private static final RunId RUN = new RunId("20261120-143000-000007");

  private static RestoreRecord record() {
    FilePath odd = FilePath.ofBytes(new byte[] {'/', 's', (byte) 0xff, '"'});
    var swap = new Swap(FilePath.of("/srv/ä b\n"), odd, FilePath.of("/srv/aside"));
    return new RestoreRecord(
        RUN,
        new RunId("20261119-000000-000003"),
        Stage.COMMITTING,
        RunStatus.RUNNING,
        Instant.parse("2026-11-20T14:30:00.123456789Z"),
        Optional.empty(),
        Optional.of(new RunId("20261120-143001-000008")),
        List.of(FilePath.of("/srv"), odd),
        List.of(
            new Part(
                new ComponentName("db"),
                "sqlite",
                Map.of("path", "/srv/app.db"),
                Optional.of(
                    new UndoRecord(
                        List.of(swap),
                        List.of(new Move(odd, FilePath.of("/k"))),
                        Map.of("x", "y"))),
                List.of(
                    new FileSwaps.Observed(
                        swap, true, -2L, new FileTime(-5, 7), new FileTime(9, 0)))),
            new Part(
                new ComponentName("tree"), "directory", Map.of(), Optional.empty(), List.of())),
        "");
  }

  @Test
  void readsWhatItWrote() {
    assertThat(RestoreRecordCodec.decode(FILE, RestoreRecordCodec.encode(record())))
        .isEqualTo(record());
  }

  @Test
  @Tag("P6")
  @DisplayName("P6: a journal of a newer version is refused by name")
  void refusesTheFuture() {
    String text = new String(RestoreRecordCodec.encode(record()), StandardCharsets.UTF_8);
    byte[] future =
        text.replace("\"format_version\":1", "\"format_version\":2")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> RestoreRecordCodec.decode(FILE, future))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  @DisplayName("a journal that is cut anywhere is refused, never half believed")
  void refusesEveryPrefix() {
    byte[] whole = RestoreRecordCodec.encode(record());
    for (int length = 0; length < whole.length - 2; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> RestoreRecordCodec.decode(FILE, cut))
          .as("first %d bytes", length)
          .isInstanceOf(HoldfastException.class);
    }
  }
}
