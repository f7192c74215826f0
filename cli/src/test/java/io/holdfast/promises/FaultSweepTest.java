package io.holdfast.promises;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.engine.Engine;
import io.holdfast.engine.backup.BackupOutcome;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.event.RunMonitor;
import io.holdfast.engine.file.FileLayerException.Reason;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.engine.repository.BackupEntry;
import io.holdfast.engine.repository.Compression;
import io.holdfast.engine.restore.RestoreOutcome;
import io.holdfast.engine.run.RunId;
import io.holdfast.engine.run.RunStatus;
import io.holdfast.testkit.fault.FaultFileLayer;
import io.holdfast.testkit.fault.FaultPlan;
import io.holdfast.testkit.fault.Operation;
import io.holdfast.testkit.fault.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A fault at every single file operation of a whole backup, and of a whole restore: each operation
 * fails before it is done and after it was done, and the process dies before and after it (and
 * half-way through each write). Then a new process looks at what is left.
 *
 * <p>Every operation that changes something is struck in every run of the tests; with {@code
 * -Dholdfast.campaign=true} those that only read are, too.
 */
class FaultSweepTest {
  private static final boolean CAMPAIGN = Boolean.getBoolean("holdfast.campaign");

  /** Where to begin, to see one round again: {@code -Dholdfast.sweep.from=269}. */
  private static final long FROM = Long.getLong("holdfast.sweep.from", 1);

  @TempDir static Path dir;

  private static Platform platform;
  private static Path pristine;
  private static RunId first;
  private static List<String> stateOfFirst;
  private static List<String> stateBefore;

  @BeforeAll
  static void platformWithOneBackup() throws IOException, SQLException {
    platform = Platform.create(dir.resolve("platform"));
    try (Engine engine = platform.open()) {
      stateOfFirst = platform.state();
      BackupOutcome outcome = Platform.backup(engine, Compression.NONE);
      assertThat(outcome.manifest().status()).as("%s", outcome).isEqualTo(RunStatus.COMPLETED);
      first = outcome.manifest().runId();
    }
    platform.fill("second");
    stateBefore = platform.state();
    pristine = platform.keepAs(dir.resolve("pristine"));
  }

  /** The ways in which operation k goes wrong. */
  private enum Fault {
    FAILS_BEFORE(k -> FaultPlan.failBefore(k, Reason.INPUT_OUTPUT)),
    FAILS_AFTER(k -> FaultPlan.failAfter(k, Reason.INPUT_OUTPUT)),
    FULL_HALFWAY_AND_FOR_GOOD(k -> FaultPlan.failHalfway(k, Reason.NO_SPACE).forGood()),
    DIES_BEFORE(FaultPlan::crashBefore),
    DIES_HALFWAY(FaultPlan::crashHalfway),
    DIES_AFTER(FaultPlan::crashAfter);

    private final LongFunction<FaultPlan> plan;

    Fault(LongFunction<FaultPlan> plan) {
      this.plan = plan;
    }

    FaultPlan at(long k) {
      FaultPlan all = plan.apply(k);
      return CAMPAIGN ? all : all.counting(FaultPlan.Counted.MUTATING);
    }
  }

  /** Every fault with one of the two ways of storing; in a campaign with both. */
  static Stream<Arguments> backups() {
    return Stream.of(Fault.values())
        .flatMap(fault ->
            Stream.of(Compression.NONE, Compression.ZSTD)
                .filter(c -> CAMPAIGN || (c == Compression.NONE) == (fault.ordinal() % 2 == 0))
                .map(c -> Arguments.of(fault, c)));
  }

  @ParameterizedTest(name = "{0}, compression {1}")
  @MethodSource("backups")
  @Tag("P1")
  @Tag("P2")
  @Tag("P8")
  @Tag("P9")
  @DisplayName(
      "P1 P2 P8 P9: a backup struck at any operation is whole or not there, and older ones stay whole")
  void backupSurvivesAFaultAtEveryOperation(Fault fault, Compression compression) throws Exception {
    boolean struck = true;
    int rounds = 0;
    for (long k = FROM; struck; k++) {
      platform.reset(pristine);
      var layer = new FaultFileLayer(PosixFileLayer.create(), fault.at(k));
      Optional<BackupOutcome> outcome = backup(platform, layer, compression);
      struck = layer.struck();
      String round = fault + " at " + k + ": " + (struck ? last(layer) : "not reached");

      assertThat(platform.state())
          .as(round + ": live state is none of a backup's business")
          .isEqualTo(stateBefore);
      try (Engine after = platform.open()) {
        List<BackupEntry> listed = after.list();
        assertThat(listed).as(round).allMatch(BackupEntry.Readable.class::isInstance);
        assertThat(listed.stream().map(BackupEntry::runId)).as(round + ": P1").contains(first);
        for (BackupEntry entry : listed) {
          assertThat(after.validate(entry.runId(), RunMonitor.silent()))
              .as(round + ": P2, " + entry.runId())
              .isEmpty();
        }
        if (outcome.isPresent() && outcome.get().manifest().status() == RunStatus.COMPLETED) {
          RunId run = outcome.get().manifest().runId();
          assertThat(listed.stream().map(BackupEntry::runId)).as(round + ": P8").contains(run);
        }
        assertThat(Platform.backup(after, compression).manifest().status())
            .as(round + ": the next backup")
            .isEqualTo(RunStatus.COMPLETED);
        assertThat(after.upkeep().check(true, RunMonitor.silent()))
            .as(round + ": the repository afterwards")
            .isEmpty();
      }
      assertThat(names(platform.repository().resolve(".running"))).as(round + ": P9").isEmpty();
      rounds++;
    }
    assertThat(rounds).as("operations of a backup").isGreaterThan(50);
  }

  /**
   * A fault of each sort; in a campaign all. To die after one operation is to die before the next.
   */
  static Stream<Fault> restores() {
    return CAMPAIGN
        ? Stream.of(Fault.values())
        : Stream.of(Fault.FAILS_BEFORE, Fault.FULL_HALFWAY_AND_FOR_GOOD, Fault.DIES_AFTER);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("restores")
  @Tag("P4")
  @DisplayName(
      "P4: a restore struck at any operation leaves every target as it was, or is complete")
  void restoreSurvivesAFaultAtEveryOperation(Fault fault) throws Exception {
    boolean struck = true;
    int rounds = 0;
    for (long k = FROM; struck; k++) {
      platform.reset(pristine);
      var layer = new FaultFileLayer(PosixFileLayer.create(), fault.at(k));
      Optional<RestoreOutcome> outcome = restore(platform, layer);
      struck = layer.struck();
      String round =
          fault
              + " at "
              + k
              + ": "
              + (struck ? last(layer) : "not reached")
              + "; "
              + outcome.map(o -> o.status() + " " + o.failure()).orElse("refused or dead");

      boolean says = outcome.map(o -> o.status() == RunStatus.COMPLETED).orElse(false);
      boolean rolledBack =
          outcome
              .flatMap(RestoreOutcome::failure)
              .map(f -> f.code() == ErrorCode.RESTORE_ROLLED_BACK)
              .orElse(false);
      if (rolledBack) {
        assertThat(platform.state())
            .as(round + ": said to be rolled back, in the same process")
            .isEqualTo(stateBefore);
      }
      try (Engine after = platform.open()) {
        after.recover(RunMonitor.silent());
        List<String> state = platform.state();
        if (says) {
          assertThat(state).as(round).isEqualTo(stateOfFirst);
        } else if (!state.equals(stateOfFirst)) {
          assertThat(state)
              .as(round + ": neither the former state nor the restored one")
              .isEqualTo(stateBefore);
        }
        assertThat(platform.rubbish()).as(round).isEmpty();
        for (BackupEntry entry : after.list()) {
          assertThat(after.validate(entry.runId(), RunMonitor.silent()))
              .as(round + ": " + entry.runId())
              .isEmpty();
        }
        RestoreOutcome again = Platform.restore(after, first);
        assertThat(again.status())
            .as(round + ": restoring again, " + again.failure())
            .isEqualTo(RunStatus.COMPLETED);
        assertThat(platform.state()).as(round + ": restored again").isEqualTo(stateOfFirst);
        assertThat(platform.rubbish()).as(round + ": restored again").isEmpty();
      }
      rounds++;
    }
    assertThat(rounds).as("operations of a restore").isGreaterThan(100);
  }

  @Test
  @Tag("P4")
  @DisplayName("P4: a recovery that dies at any operation is simply begun again")
  void recoveryItselfMayDieAnywhere() throws Exception {
    int rename = lastRename();
    boolean struck = true;
    for (long k = FROM; struck; k++) {
      // Not a copy of a platform that died: its journal knows inodes.
      platform.reset(pristine);
      var dying = FaultPlan.crashBefore(rename).counting(FaultPlan.Counted.MUTATING);
      restore(platform, new FaultFileLayer(PosixFileLayer.create(), dying));
      var layer = new FaultFileLayer(PosixFileLayer.create(), FaultPlan.crashAfter(k));
      try (Engine engine = platform.open(layer)) {
        engine.recover(RunMonitor.silent());
      } catch (SimulatedCrash died) {
        // As planned; the next one begins again.
      }
      struck = layer.struck();
      try (Engine after = platform.open()) {
        after.recover(RunMonitor.silent());
      }
      String round = "recovery died after " + k + (struck ? ": " + last(layer) : "");
      assertThat(platform.state()).as(round).isEqualTo(stateBefore);
      assertThat(platform.rubbish()).as(round).isEmpty();
    }
  }

  /** The number of the operation that is the last rename of a restore's commit. */
  private static int lastRename() throws Exception {
    platform.reset(pristine);
    var whole = new FaultFileLayer(PosixFileLayer.create(), FaultPlan.none());
    restore(platform, whole);
    // Only what changes something is counted: how much a restore looks around depends on what else
    // runs.
    List<Operation> changes = whole.trace().stream().filter(Operation::mutating).toList();
    int rename = 0;
    for (int i = 0; i < changes.size(); i++) {
      Operation operation = changes.get(i);
      if (operation.name().equals("renameNew") && operation.toString().contains("platform/live/")) {
        rename = i + 1;
      }
    }
    assertThat(rename).isPositive();
    return rename;
  }

  private static Optional<BackupOutcome> backup(
      Platform platform, FaultFileLayer layer, Compression compression) throws IOException {
    try (Engine engine = platform.open(layer)) {
      return Optional.of(Platform.backup(engine, compression));
    } catch (HoldfastException refused) {
      assertThat(refused.code()).as("%s", refused).isNotEqualTo(ErrorCode.INTERNAL);
      return Optional.empty();
    } catch (SimulatedCrash died) {
      return Optional.empty();
    }
  }

  private static Optional<RestoreOutcome> restore(Platform platform, FaultFileLayer layer)
      throws IOException {
    try (Engine engine = platform.open(layer)) {
      return Optional.of(Platform.restore(engine, first));
    } catch (HoldfastException refused) {
      assertThat(refused.code()).as("%s", refused).isNotEqualTo(ErrorCode.INTERNAL);
      return Optional.empty();
    } catch (SimulatedCrash died) {
      return Optional.empty();
    }
  }

  private static String last(FaultFileLayer layer) {
    var trace = layer.trace();
    return trace.isEmpty() ? "" : trace.getLast().toString();
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(p -> p.getFileName().toString()).toList();
    }
  }
}
