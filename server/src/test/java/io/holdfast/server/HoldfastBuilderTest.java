package io.holdfast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.engine.component.MissingSource;
import io.holdfast.engine.error.ErrorCode;
import io.holdfast.engine.error.HoldfastException;
import io.holdfast.engine.installation.Automation;
import io.holdfast.engine.manifest.ComponentRecord;
import io.holdfast.engine.manifest.Manifest;
import io.holdfast.engine.retention.RetentionPolicy;
import io.holdfast.engine.run.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application says of its protection counts, or it is told that it cannot. */
class HoldfastBuilderTest {
  @TempDir Path root;

  @BeforeEach
  void platform() throws IOException {
    for (String tree : new String[] {"first", "second"}) {
      Files.createDirectories(root.resolve(tree));
      Files.writeString(root.resolve(tree).resolve("notes"), tree);
    }
  }

  private Path file(String components) throws IOException {
    return Files.writeString(
        root.resolve("holdfast.yaml"),
        """
        backup: {path: backups, on_startup: false, on_shutdown: false}
        %s
        """
            .formatted(components));
  }

  private Map<String, String> tree(String name) {
    return Map.of("path", root.resolve(name).toString());
  }

  private HoldfastBuilder inCode() {
    return Holdfast.builder().repository(root.resolve("backups")).automation(automation(6, ""));
  }

  private static Automation automation(int hours, String cron) {
    return automation(Duration.ofHours(hours), cron, Duration.ZERO);
  }

  private static Automation automation(Duration every, String cron, Duration jitter) {
    return new Automation(
        true,
        every,
        Optional.of(cron),
        ZoneOffset.UTC,
        jitter,
        false,
        false,
        false,
        Duration.ofSeconds(10));
  }

  private static void assertInvalid(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HoldfastException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION_INVALID);
              assertThat(e.message()).contains(parts);
            });
  }

  @Test
  @DisplayName("components of code are protected besides those of a file")
  void besides() throws Exception {
    Path file = file("components: {one: {kind: directory, path: first}}");
    try (Holdfast holdfast =
        Holdfast.builder()
            .configuration(file)
            .component("two", "directory", tree("second"))
            .start()) {
      assertThat(holdfast.backup().components())
          .extracting(component -> component.name().value())
          .containsExactly("one", "two");
    }
  }

  @Test
  @DisplayName("a file may leave the components to code altogether")
  void codeAlone() throws Exception {
    try (Holdfast holdfast =
        Holdfast.builder()
            .configuration(file(""))
            .component("two", "directory", tree("second"))
            .start()) {
      assertThat(holdfast.backup().components()).hasSize(1);
    }
    assertInvalid(() -> Holdfast.builder().configuration(file("")).start(), "at least one");
  }

  @Test
  @DisplayName("one name for two components is refused, in code and in code and file")
  void oneName() throws Exception {
    assertInvalid(
        () ->
            inCode()
                .component("tree", "directory", tree("first"))
                .component("tree", "directory", tree("second"))
                .start(),
        "two components are called tree");
    Path file = file("components: {tree: {kind: directory, path: first}}");
    assertInvalid(
        () ->
            Holdfast.builder()
                .configuration(file)
                .component("tree", "directory", tree("second"))
                .start(),
        "holdfast.yaml:2:",
        "components.tree",
        "the application gave to another");
    assertThat(root.resolve("backups")).doesNotExist();
  }

  @Test
  @DisplayName("what a file decides cannot be said in code besides")
  void decidedTwice() throws Exception {
    Path file = file("components: {one: {kind: directory, path: first}}");
    assertRefused(file, builder -> builder.repository(root.resolve("other")), "repository");
    assertRefused(file, builder -> builder.automation(Automation.DEFAULT), "automation");
    assertRefused(file, builder -> builder.retention(RetentionPolicy.KEEP_ALL), "retention");
  }

  private static void assertRefused(
      Path file, UnaryOperator<HoldfastBuilder> change, String which) {
    assertInvalid(
        () -> change.apply(Holdfast.builder().configuration(file)).start(),
        which + ": said in code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Orders", "a b", "-a", "../a"})
  @DisplayName("a name that is none is a configuration that is none")
  void badName(String name) {
    assertInvalid(() -> inCode().component(name, "directory", tree("first")), "cannot be called");
    var options = ComponentOptions.DEFAULT.inGroup(name);
    assertInvalid(
        () -> inCode().component("tree", "directory", options, tree("first")), "the group of");
  }

  @Test
  @DisplayName("a schedule that makes no sense is refused, and never rounded")
  void badSchedule() {
    assertInvalid(
        () -> inCode().automation(automation(6, "every day")).start(),
        "schedule_cron",
        "every day");
    assertInvalid(() -> inCode().automation(automation(0, "")).start(), "schedule_hours");
    assertInvalid(
        () -> inCode().automation(automation(Duration.ofMinutes(90), "", Duration.ZERO)).start(),
        "schedule_hours",
        "PT1H30M");
    assertInvalid(
        () ->
            inCode()
                .automation(automation(Duration.ofHours(6), "", Duration.ofSeconds(-1)))
                .start(),
        "jitter");
    assertInvalid(
        () -> inCode().retention(new RetentionPolicy(5000, 0, 0, 0, 0, 0)).start(),
        "retention.max_count");
    assertThat(root.resolve("backups")).doesNotExist();
  }

  @Test
  @DisplayName("what a file can say of a component, code can")
  void options() {
    var options =
        ComponentOptions.DEFAULT
            .notCritical()
            .inGroup("shop")
            .skippedIfMissing()
            .within(Duration.ofMinutes(5));
    assertThat(options)
        .isEqualTo(
            new ComponentOptions(
                false, Optional.of("shop"), MissingSource.SKIP, Duration.ofMinutes(5)));
    assertInvalid(
        () -> inCode().component("tree", "directory", options.within(Duration.ZERO), tree("first")),
        "timeout");
    try (Holdfast holdfast =
        inCode()
            .component("tree", "directory", tree("first"))
            .component("gone", "directory", options, tree("gone"))
            .component("broken", "directory", ComponentOptions.DEFAULT.notCritical(), tree("none"))
            .start()) {
      Manifest made = holdfast.backup();
      assertThat(made.status()).isEqualTo(RunStatus.PARTIAL);
      assertThat(made.components())
          .filteredOn(component -> component.name().value().equals("gone"))
          .singleElement()
          .returns(Optional.of("shop"), ComponentRecord::group)
          .returns(Optional.empty(), ComponentRecord::failure);
    }
  }
}
