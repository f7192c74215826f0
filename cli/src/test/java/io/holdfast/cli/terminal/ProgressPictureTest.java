package io.holdfast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.event.RunProgress;
import io.holdfast.engine.event.RunProgress.Part;
import io.holdfast.engine.run.RunPhase;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressPictureTest {
  private static final RunProgress HALF =
      new RunProgress(
          RunPhase.TRANSFER,
          512 << 20,
          OptionalLong.of(1024 << 20),
          List.of(
              new Part("app-db", 256 << 20, OptionalLong.of(512 << 20), false),
              new Part("done", 128 << 20, OptionalLong.of(128 << 20), true),
              new Part("tree", 128 << 20, OptionalLong.empty(), false)));

  @Test
  void drawsTheWholeAndEachComponentAtWork() {
    assertThat(ProgressPicture.of(HALF, 128 << 20, 100))
        .containsExactly(
            "transfer          [###############...............]  50%  512 MiB of 1.00 GiB  128 MiB/s  4 s left",
            "  app-db          [###############...............]  50%  256 MiB of 512 MiB",
            "  tree              128 MiB");
  }

  @Test
  void saysNoSpeedBeforeThereIsOne() {
    assertThat(ProgressPicture.of(HALF, 0, 100).getFirst()).endsWith("512 MiB of 1.00 GiB");
  }

  @Test
  void aPhaseWithoutBytesIsItsNameAlone() {
    var progress = new RunProgress(RunPhase.SAFETY_BACKUP, 0, OptionalLong.empty(), List.of());

    assertThat(ProgressPicture.of(progress, 0, 80)).containsExactly("safety backup");
  }

  @Test
  void oneComponentNeedsNoLineOfItsOwn() {
    var progress =
        new RunProgress(
            RunPhase.VERIFY,
            1,
            OptionalLong.of(4),
            List.of(new Part("only", 1, OptionalLong.of(4), false)));

    assertThat(ProgressPicture.of(progress, 0, 80)).hasSize(1);
  }

  @Test
  void neverClaimsToBeDoneBeforeItIs() {
    var progress = new RunProgress(RunPhase.VERIFY, 9_999, OptionalLong.of(10_000), List.of());

    assertThat(ProgressPicture.of(progress, 0, 80).getFirst()).contains(" 99%");
  }

  @Test
  void aTotalThatWasPassedIsAHundredPercent() {
    var progress = new RunProgress(RunPhase.VERIFY, 11, OptionalLong.of(10), List.of());

    assertThat(ProgressPicture.of(progress, 1000, 80).getFirst()).contains("100%");
  }

  @Test
  void manyComponentsDoNotFillTheScreen() {
    List<Part> parts =
        IntStream.range(0, 30)
            .mapToObj(i -> new Part("c" + i, i + 1, OptionalLong.of(100), false))
            .toList();
    var progress = new RunProgress(RunPhase.TRANSFER, 5, OptionalLong.of(100), parts);

    assertThat(ProgressPicture.of(progress, 0, 80)).hasSize(10).last().isEqualTo("  and 22 more");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10, 20, 30, 40, 60, 79, 200})
  void noLineReachesTheLastColumn(int width) {
    assertThat(ProgressPicture.of(HALF, 128 << 20, width))
        .allMatch(line -> line.length() <= Math.max(1, width - 1));
  }
}
