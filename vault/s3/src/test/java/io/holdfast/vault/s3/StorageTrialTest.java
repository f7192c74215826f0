package io.holdfast.vault.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.component.Finding;
import io.holdfast.engine.component.Finding.Severity;
import io.holdfast.engine.run.Cancellation;
import io.holdfast.vault.backend.Backend;
import io.holdfast.vault.backend.Waiter;
import io.holdfast.vault.backend.rest.FaultSwitch.Kind;
import io.holdfast.vault.trial.StorageTrial;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@code doctor repository} finds, on stores that keep their promises and on others. */
class StorageTrialTest {
  private FaultyStore store;

  @BeforeEach
  void start() throws IOException {
    store = new FaultyStore();
    store.pageSize = 1000;
    store.objects().put(FaultyStore.PREFIX + "/config", new byte[10]);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private List<Finding> findings() {
    return findings(Clock.systemUTC());
  }

  private List<Finding> findings(Clock clock) {
    try (Backend one = store.open();
        Backend other = store.open()) {
      return new StorageTrial(
              one, other, new SecureRandom(), clock, Waiter.real(), new Cancellation())
          .findings();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> subjects(List<Finding> findings, Severity severity) {
    return findings.stream().filter(f -> f.severity() == severity).map(Finding::subject).toList();
  }

  @Test
  @DisplayName("a good store is found good, and nothing is left there")
  void good() {
    List<Finding> findings = findings();
    assertThat(findings).hasSize(9).allMatch(finding -> finding.severity() == Severity.OK);
    assertThat(store.objects()).containsOnlyKeys(FaultyStore.PREFIX + "/config");
    assertThat(store.requests()).noneMatch(request -> request.matches("(PUT|DELETE) .*/config"));
  }

  @Test
  @DisplayName("stale lists are an error")
  void staleLists() {
    store.staleLists();
    assertThat(subjects(findings(), Severity.ERROR)).contains("list after write");
    assertThat(store.objects()).hasSize(1);
  }

  @Test
  @DisplayName("a store that passes over conditions is warned of, and what to do is said")
  void overwriting() {
    store.condition = FaultyStore.Condition.PASSED_OVER;
    List<Finding> findings = findings();
    assertThat(subjects(findings, Severity.ERROR)).isEmpty();
    assertThat(subjects(findings, Severity.WARNING))
        .containsExactly("names are given once", "names are given once, to several at once");
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.WARNING)
        .allMatch(finding -> finding.guidance().contains("from one machine"));
  }

  @Test
  @DisplayName("an append-only store is warned of, and nothing is written that would stay there")
  void appendOnly() {
    store.code = "AccessDenied";
    store.fault().set(403, "DELETE");
    List<Finding> findings = findings();
    assertThat(subjects(findings, Severity.ERROR)).isEmpty();
    assertThat(subjects(findings, Severity.WARNING)).containsExactly("delete", "not tried");
    assertThat(store.objects()).containsOnlyKeys(FaultyStore.PREFIX + "/config");
    assertThat(store.requests()).noneMatch(request -> request.startsWith("PUT"));
  }

  @Test
  @DisplayName("after a failure too nothing is left")
  void failure() {
    store.fault().set(Kind.SHORT, "GET");
    List<Finding> findings = findings();
    assertThat(subjects(findings, Severity.ERROR)).isNotEmpty();
    store.fault().clear();
    assertThat(store.objects()).hasSize(1);
  }

  @Test
  @DisplayName("credentials that are refused are told first, and nothing else is tried")
  void refused() {
    store.code = "SignatureDoesNotMatch";
    store.fault().set(403, "");
    assertThat(findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.severity()).isEqualTo(Severity.ERROR);
          assertThat(finding.guidance()).isEqualTo("Correct the credentials.");
        });
  }

  @Test
  @DisplayName("a clock that is off is warned of")
  void clock() {
    InstantSource wrong = () -> Clock.systemUTC().instant().plus(Duration.ofMinutes(10));
    assertThat(subjects(findings(wrong.withZone(ZoneOffset.UTC)), Severity.WARNING))
        .containsExactly("clock");
  }
}
