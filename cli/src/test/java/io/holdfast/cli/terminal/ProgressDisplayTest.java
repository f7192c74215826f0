package io.holdfast.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.engine.event.RunProgress;
import io.holdfast.engine.run.RunPhase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private static final String ERASE_ONE_LINE = "\r\u001b[1A\u001b[J";

  private final StringWriter written = new StringWriter();
  private final AtomicLong done = new AtomicLong();

  @Test
  void drawsInPlaceAndLeavesNothing() {
    var display = display();
    await().until(() -> written.toString().contains("verify"));
    done.set(50);
    await().until(() -> written.toString().contains(" 50%"));
    display.close();

    assertThat(written.toString()).endsWith(ERASE_ONE_LINE);
    assertThat(screen()).isEmpty();
  }

  @Test
  void printsAboveThePicture() {
    try (var display = display()) {
      await().until(() -> written.toString().contains("verify"));
      display.print("warning: a file grew\n");
      int printed = written.toString().length();
      await().until(() -> written.toString().length() > printed);
    }

    assertThat(screen()).isEqualTo("warning: a file grew\n");
  }

  @Test
  void closingTwiceDoesNothingMore() {
    var display = display();
    display.close();
    String first = written.toString();
    display.close();

    assertThat(written.toString()).isEqualTo(first);
  }

  /** What a terminal would show in the end: each erasure takes back the line above it. */
  private String screen() {
    String text = written.toString();
    while (text.contains(ERASE_ONE_LINE)) {
      int erased = text.indexOf(ERASE_ONE_LINE);
      int line = text.lastIndexOf('\n', erased - 2) + 1;
      text = text.substring(0, line) + text.substring(erased + ERASE_ONE_LINE.length());
    }
    return text;
  }

  private ProgressDisplay display() {
    return new ProgressDisplay(
        new PrintWriter(written),
        () -> 80,
        () -> new RunProgress(RunPhase.VERIFY, done.get(), OptionalLong.of(100), List.of()));
  }
}
