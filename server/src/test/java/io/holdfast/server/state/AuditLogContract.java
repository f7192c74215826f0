package io.holdfast.server.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.server.state.AuditLog.Act;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Who did what that needs a privilege. */
interface AuditLogContract extends StateFixture {
  private AuditLog audit() {
    return database().audit();
  }

  private static Act act(String subject) {
    return new Act(0, NOON, "eve", "backup.restore", subject, "started", "127.0.0.1", "c-1");
  }

  @Test
  default void actsAreListedNewestFirst() {
    for (int number = 1; number <= 5; number++) {
      audit().append(act("subject " + number));
    }
    var seen = new ArrayList<Act>();
    for (var page = audit().page(OptionalLong.empty(), 2); !page.isEmpty(); ) {
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      seen.addAll(page);
      page = audit().page(OptionalLong.of(seen.getLast().id()), 2);
    }
    assertThat(seen)
        .isSortedAccordingTo((a, b) -> Long.compare(b.id(), a.id()))
        .extracting(Act::subject)
        .containsExactly("subject 5", "subject 4", "subject 3", "subject 2", "subject 1");
    assertThat(seen.getLast())
        .usingRecursiveComparison()
        .ignoringFields("id")
        .isEqualTo(act("subject 1"));
    assertThatThrownBy(() -> audit().page(OptionalLong.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void actsAreForgottenByTheirAge() {
    for (int day = 1; day <= 3; day++) {
      audit()
          .append(
              new Act(0, NOON.plus(Duration.ofDays(day)), "eve", "a", "day " + day, "", "", ""));
    }
    assertThat(audit().prune(NOON.plus(Duration.ofDays(3)))).isEqualTo(2);
    assertThat(audit().page(OptionalLong.empty(), 9))
        .extracting(Act::subject)
        .containsExactly("day 3");
  }

  @Test
  default void anActIsRecordedWhateverItsCallerPutIntoIt() {
    List<String> hostile =
        List.of("", "'; DROP TABLE act; --", "NUL \0 NUL", "\ud800 alone", "%s ? $1 {}", "🦉");
    hostile.forEach(subject -> audit().append(act(subject)));
    assertThat(audit().page(OptionalLong.empty(), 9).reversed())
        .extracting(Act::subject)
        .containsExactly(
            "", "'; DROP TABLE act; --", "NUL \ufffd NUL", "? alone", "%s ? $1 {}", "🦉");
  }

  @Test
  default void actsOfManyServersAreAllRecorded() throws Exception {
    StateDatabase other = another();
    AllAtOnce.run(
        20,
        number -> {
          (number % 2 == 0 ? database() : other).audit().append(act("subject " + number));
          return true;
        });
    assertThat(audit().page(OptionalLong.empty(), 99))
        .extracting(Act::subject)
        .doesNotHaveDuplicates()
        .hasSize(20);
  }
}
