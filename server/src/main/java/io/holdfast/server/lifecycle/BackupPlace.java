package io.holdfast.server.lifecycle;

import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.PlaceChecks;
import io.holdfast.engine.repository.Repository;
import io.holdfast.server.event.EventName;
import io.holdfast.server.event.ServerEvent;
import io.holdfast.server.event.ServerEvents;
import io.holdfast.server.setting.PlaceJudge;
import io.holdfast.server.setting.SettingValue;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where the backups of this server are, which the setting {@code path} decides once, at the start.
 * The state directory stays where the configuration has it: commands on this machine, which know
 * the configuration alone, must find the server's locks and its journals of restores. Thread-safe.
 */
final class BackupPlace implements PlaceJudge {
  private final ServerPlan plan;
  private final FileLayer files;
  private volatile Optional<FilePath> inUse;
  private boolean isFallback;

  BackupPlace(ServerPlan plan, FileLayer files) {
    this.plan = plan;
    this.files = files;
    this.inUse = plan.installation().repository().place();
  }

  /** The installation, with its backups where the setting wants them, if it may. */
  Installation choose(SettingValue wanted, ServerEvents events) {
    Installation written = plan.installation();
    switch (wanted.source()) {
      case FILE, DEFAULT -> {
        return written;
      }
      case STORED, ENVIRONMENT -> {}
    }
    try {
      Repository repository = plan.repositoryAt().apply(wanted.value());
      if (repository.place().equals(written.repository().place())) {
        return written;
      }
      Installation moved = written.withRepository(repository);
      try {
        examine(moved);
      } catch (IOException unusable) {
        throw refused(unusable);
      }
      inUse = repository.place();
      events.publish(elsewhere(wanted, written.repository(), repository));
      return moved;
    } catch (HoldfastException refused) {
      events.publish(
          ServerEvent.error(
              EventName.SETTING_REFUSED,
              "backups stay in "
                  + written.repository().location()
                  + ", since the setting backup.path ("
                  + wanted.source().word()
                  + ") cannot be followed: "
                  + refused.message(),
              null));
      isFallback = true;
      return written;
    }
  }

  /**
   * Whether backups stay where the configuration has them though the setting wants them elsewhere.
   */
  boolean isFallback() {
    return isFallback;
  }

  private static ServerEvent elsewhere(
      SettingValue wanted, Repository written, Repository repository) {
    return ServerEvent.warning(
            EventName.REPOSITORY_ELSEWHERE,
            "backups are kept in "
                + repository.location()
                + " by the setting backup.path ("
                + wanted.source().word()
                + "); commands that read the configuration use "
                + written.location()
                + " until the path is written there too")
        .with("path", repository.location())
        .with("written", written.location());
  }

  @Override
  public void check(String path) {
    Installation moved = plan.installation().withRepository(plan.repositoryAt().apply(path));
    if (moved.repository().place().equals(inUse)) {
      return;
    }
    try {
      examine(moved);
    } catch (IOException unusable) {
      throw refused(unusable);
    }
  }

  /** Whoever keeps backups where they cannot be kept has none, and hears of it too late. */
  private void examine(Installation moved) throws IOException {
    var checks = new PlaceChecks(files);
    checks.check(moved);
    Optional<FilePath> place = moved.repository().place();
    if (place.isPresent()) {
      if (checks.isWithin(place.get(), moved.state())) {
        throw taken("the state directory, " + moved.state());
      }
      for (Optional<FilePath> kept : List.of(inUse, plan.installation().repository().place())) {
        if (kept.isPresent()
            && checks.isWithin(place.get(), kept.get())
            && !checks.isWithin(kept.get(), place.get())) {
          throw taken("the repository, " + kept.get());
        }
      }
    }
    moved.repository().examine();
  }

  private static HoldfastException taken(String what) {
    return new HoldfastException(ErrorCode.VALUE_REFUSED, "it lies in " + what, "");
  }

  private static HoldfastException refused(IOException unusable) {
    return new HoldfastException(
        ErrorCode.VALUE_REFUSED, "it cannot be used: " + unusable.getMessage(), "", unusable);
  }

  @Override
  public boolean isInUse(String path) {
    try {
      return plan.repositoryAt().apply(path).place().equals(inUse);
    } catch (HoldfastException nowhere) {
      return false;
    }
  }
}
