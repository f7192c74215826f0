package io.holdfast.cli.local;

import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FileLayer;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.repository.Repository;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.server.setting.SettingsFile;
import io.holdfast.server.setting.StoredPolicy;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command on this machine heeds of the settings of the server that is beside it, or was: a
 * value that was stored there goes before the configuration, here as there.
 *
 * @param policy what is stored
 * @param elsewhere where the server keeps its backups from its next start on, if that is not where
 *     the configuration says
 * @param unreadable why that is not known; then no backup is removed by rules that may have been
 *     changed
 */
public record Heeded(StoredPolicy policy, Optional<String> elsewhere, Optional<String> unreadable) {
  /** Of a repository without a configuration, which no server looks after. */
  static final Heeded NOTHING =
      new Heeded(new StoredPolicy(Map.of()), Optional.empty(), Optional.empty());

  /**
   * @param repositoryAt the repository, if the configuration named that path
   */
  static Heeded of(
      Installation installation, FileLayer files, Function<String, Repository> repositoryAt) {
    try {
      var policy = new StoredPolicy(new SettingsFile(files, installation.state()).read());
      return new Heeded(
          policy,
          policy
              .path()
              .map(path -> location(path, repositoryAt))
              .filter(place -> !place.equals(installation.repository().location())),
          Optional.empty());
    } catch (IOException e) {
      return new Heeded(
          NOTHING.policy(), Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private static String location(String path, Function<String, Repository> repositoryAt) {
    try {
      return repositoryAt.apply(path).location();
    } catch (HoldfastException unusable) {
      return path;
    }
  }

  Installation over(Installation written) {
    return unreadable.isEmpty()
        ? policy.over(written)
        : written.withPolicy(written.compression(), RetentionPolicy.KEEP_ALL);
  }
}
