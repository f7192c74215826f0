package io.holdfast.server;

import io.holdfast.engine.component.Component;
import io.holdfast.engine.component.ComponentHandler;
import io.holdfast.engine.component.ComponentName;
import io.holdfast.engine.configuration.Problem;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.installation.Automation;
import io.holdfast.engine.installation.Installation;
import io.holdfast.engine.installation.InstallationReader;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.server.setting.SettingKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an application says itself, in place of a configuration or besides one. Nothing of it is
 * passed over in silence: whoever said it counts on it. Not thread-safe.
 */
final class SaidInCode {
  private final List<Component> components = new ArrayList<>();
  private @Nullable Path repository;
  private @Nullable Automation automation;
  private @Nullable RetentionPolicy retention;

  void repository(Path directory) {
    repository = directory;
  }

  void automation(Automation byItself) {
    automation = byItself;
  }

  void retention(RetentionPolicy policy) {
    retention = policy;
  }

  /**
   * @throws HoldfastException {@code CONFIGURATION_INVALID}
   */
  void component(String name, String kind, ComponentOptions options, ComponentHandler handler) {
    if (!ComponentName.isComponentName(name)) {
      throw invalid(
          "a component cannot be called " + Problem.quoted(name),
          "Allowed are " + ComponentName.FORM_IN_WORDS + ".");
    }
    options
        .group()
        .filter(group -> !ComponentName.isComponentName(group))
        .ifPresent(group -> {
          throw invalid(
              "the group of component " + name + " cannot be called " + Problem.quoted(group),
              "Allowed are " + ComponentName.FORM_IN_WORDS + ".");
        });
    if (!options.timeout().isPositive()) {
      throw invalid("the timeout of component " + name + " must be positive", "Give it some time.");
    }
    components.add(
        new Component(
            new ComponentName(name),
            kind,
            options.critical(),
            options.group(),
            options.missing(),
            options.timeout(),
            handler));
  }

  /** Each with a name of its own. */
  List<Component> components() {
    List<String> twice =
        components.stream()
            .map(component -> component.name().value())
            .filter(
                name -> components.stream().filter(c -> c.name().value().equals(name)).count() > 1)
            .distinct()
            .toList();
    if (!twice.isEmpty()) {
      throw invalid(
          "two components are called " + String.join(", ", twice),
          "Give each a name of its own; a backup knows them by it.");
    }
    return List.copyOf(components);
  }

  /** Goes on if nothing was said that a configuration says too. */
  void requireOnlyComponents() {
    var said = new ArrayList<String>();
    if (repository != null) {
      said.add("repository");
    }
    if (automation != null) {
      said.add("automation");
    }
    if (retention != null) {
      said.add("retention");
    }
    if (!said.isEmpty()) {
      throw invalid(
          String.join(", ", said) + ": said in code, beside a configuration that decides it",
          "Say it in the configuration, or leave the configuration out.");
    }
  }

  Path repository() {
    if (repository == null) {
      throw invalid(
          "neither a configuration nor a repository was given",
          "Call configuration(file), or repository(directory) and component(…).");
    }
    return repository.toAbsolutePath();
  }

  Installation installation(InstallationReader reader) {
    Installation bare = reader.ofRepository(FilePath.of(repository()));
    return new Installation(
        bare.name(),
        bare.repository(),
        bare.state(),
        components(),
        bare.compression(),
        policy(),
        bare.timeout(),
        bare.parallelism(),
        byItself());
  }

  private Automation byItself() {
    return automation == null ? Automation.DEFAULT : automation;
  }

  private RetentionPolicy policy() {
    return retention == null ? RetentionPolicy.DEFAULT : retention;
  }

  /**
   * What would stand in a file, held to the same rules.
   *
   * @throws HoldfastException {@code CONFIGURATION_INVALID} that tells everything that is wrong
   */
  Map<SettingKey, String> written() {
    var written = new TreeMap<SettingKey, String>();
    var problems = new ArrayList<String>();
    Automation byItself = byItself();
    RetentionPolicy policy = policy();
    Map<SettingKey, Object> said =
        Map.ofEntries(
            Map.entry(SettingKey.PATH, repository()),
            Map.entry(SettingKey.ENABLED, byItself.enabled()),
            Map.entry(SettingKey.SCHEDULE_HOURS, hours(byItself.every())),
            Map.entry(SettingKey.SCHEDULE_CRON, byItself.cron().orElse("")),
            Map.entry(SettingKey.SCHEDULE_ZONE, byItself.zone().getId()),
            Map.entry(SettingKey.ON_STARTUP, byItself.onStartup()),
            Map.entry(SettingKey.ON_SHUTDOWN, byItself.onShutdown()),
            Map.entry(SettingKey.MAX_COUNT, policy.maxCount()),
            Map.entry(SettingKey.MAX_AGE_DAYS, policy.maxAgeDays()),
            Map.entry(SettingKey.KEEP_DAILY, policy.keepDaily()),
            Map.entry(SettingKey.KEEP_WEEKLY, policy.keepWeekly()),
            Map.entry(SettingKey.KEEP_MONTHLY, policy.keepMonthly()),
            Map.entry(SettingKey.KEEP_YEARLY, policy.keepYearly()));
    new TreeMap<>(said)
        .forEach((key, value) ->
            key.form()
                .canonical(value.toString())
                .ifPresentOrElse(
                    form -> written.put(key, form),
                    () ->
                        problems.add(
                            key.key()
                                + " cannot be "
                                + Problem.quoted(value.toString())
                                + "; allowed is "
                                + key.form().allowed())));
    if (byItself.jitter().isNegative() || !byItself.shutdownTimeout().isPositive()) {
      problems.add("jitter cannot be negative, and shutdownTimeout must be positive");
    }
    if (!problems.isEmpty()) {
      throw invalid(
          "automation and retention: " + String.join("\n", problems),
          "What a configuration may hold, code may say.");
    }
    return Map.copyOf(written);
  }

  /** As a number of hours, if it is one. */
  private static String hours(Duration every) {
    return every.equals(Duration.ofHours(every.toHours()))
        ? "" + every.toHours()
        : every.toString();
  }

  private static HoldfastException invalid(String message, String guidance) {
    return new HoldfastException(ErrorCode.CONFIGURATION_INVALID, message, guidance);
  }
}
