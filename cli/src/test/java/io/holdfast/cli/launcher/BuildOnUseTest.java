package io.holdfast.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a checkout builds when it must, once, and never lets a half-made build run. */
class BuildOnUseTest {

  @TempDir Path directory;

  @Test
  @DisplayName("the first use builds and says so on stderr; the second only starts")
  void firstUse() throws Exception {
    Path root = Fixture.checkout(directory.resolve("a checkout"), "one", false);

    Shell.Result first = start(root);
    assertThat(first.out()).isEqualTo("one\n");
    assertThat(first.err())
        .startsWith("holdfast: building, as this is the first use")
        .hasLineCount(1);
    assertThat(start(root)).isEqualTo(new Shell.Result(0, "one\n", ""));
    assertThat(builds(root)).isEqualTo(1);
    assertThat(Files.readString(root.resolve("builds"))).isEqualTo(Fixture.JDK + "\n");
  }

  @Test
  @DisplayName("a source that was changed, moved in with an old date or deleted is built")
  void changedSources() throws Exception {
    Path root = Fixture.checkout(directory.resolve("a checkout"), "one", false);
    assertThat(start(root).out()).isEqualTo("one\n");

    Path source = Files.writeString(root.resolve("engine/src/main/A.java"), "class A {}");
    next(root, "two");
    assertThat(start(root).out()).isEqualTo("two\n");

    Path old = Files.writeString(directory.resolve("Old.java"), "class A { }");
    assertThat(old.toFile().setLastModified(1_000_000_000_000L)).isTrue();
    Files.move(old, source, StandardCopyOption.REPLACE_EXISTING);
    next(root, "three");
    assertThat(start(root).out()).isEqualTo("three\n");

    Files.delete(source);
    next(root, "four");
    Shell.Result last = start(root);
    assertThat(last.out()).isEqualTo("four\n");
    assertThat(last.err()).isEqualTo("holdfast: building again, because sources changed\n");
    assertThat(start(root)).isEqualTo(new Shell.Result(0, "four\n", ""));
    assertThat(builds(root)).isEqualTo(4);
  }

  @Test
  @DisplayName("first uses at the same time build once, and all of them run the whole program")
  void atOnce() throws Exception {
    Path root = Fixture.checkout(directory.resolve("a checkout"), "one", true);
    List<Shell.Running> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(launch(root));
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> starts.stream().filter(BuildOnUseTest::waits).count() == 3);
    go(root);
    for (Shell.Running running : starts) {
      assertThat(running.await().out()).isEqualTo("one\n");
    }
    assertThat(builds(root)).isEqualTo(1);
  }

  @Test
  @DisplayName("a start that was killed while it built leaves nothing that the next one would run")
  void killed() throws Exception {
    Path root = Fixture.checkout(directory.resolve("a checkout"), "one", true);
    Shell.Running victim = launch(root);
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(root.resolve("builds")));
    victim.process().destroyForcibly().waitFor();

    // The victim's Maven lives on and still writes, so the next start has to wait for it.
    Shell.Running next = launch(root);
    await().atMost(Duration.ofMinutes(1)).until(() -> waits(next));
    go(root);
    await().atMost(Duration.ofMinutes(1)).until(() -> builds(root) == 2);
    go(root);
    assertThat(next.await().out()).isEqualTo("one\n");
    assertThat(builds(root)).isEqualTo(2);
  }

  @Test
  @DisplayName("an edit made while the build runs is built by the next start")
  void editedMeanwhile() throws Exception {
    Path root = Fixture.checkout(directory.resolve("a checkout"), "one", true);
    Shell.Running first = launch(root);
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(root.resolve("builds")));
    Files.writeString(root.resolve("engine/src/main/A.java"), "class A {}");
    go(root);
    assertThat(first.await().out()).isEqualTo("one\n");

    next(root, "two");
    Shell.Running second = launch(root);
    go(root);
    assertThat(second.await().out()).isEqualTo("two\n");
  }

  @Test
  @DisplayName(
      "a build that fails ends with 69, the errors and the name of the log; the build before it stays")
  void failing() throws Exception {
    Path root = Fixture.checkout(directory.resolve("a checkout"), "one", false);
    assertThat(start(root).exit()).isZero();
    Path jar = Files.move(root.resolve("next.jar"), root.resolve("away.jar"));
    Files.writeString(root.resolve("engine/src/main/A.java"), "class A {");

    Shell.Result failed = start(root);
    assertThat(failed.exit()).isEqualTo(69);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).contains("[ERROR] no such class: Nowhere", "build.log");

    Map<String, String> never = new HashMap<>(environment(root));
    never.put("HOLDFAST_BUILD", "never");
    assertThat(Shell.run(directory, never, root + "/holdfast"))
        .isEqualTo(new Shell.Result(0, "one\n", ""));

    Files.move(jar, root.resolve("next.jar"));
    assertThat(start(root).out()).isEqualTo("one\n");
  }

  @Test
  @DisplayName(
      "without Maven, and where building is forbidden, nothing is built and the reason is told")
  void cannotBuild() throws Exception {
    Path root = Fixture.checkout(directory.resolve("a checkout"), "one", false);
    Path programs = Files.createDirectory(directory.resolve("programs"));
    for (String program : new String[] {"find", "readlink", "stat"}) {
      Path wrapper =
          Files.writeString(
              programs.resolve(program), "#!/bin/sh\nexec /usr/bin/" + program + " \"$@\"\n");
      assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    }
    Map<String, String> environment = new HashMap<>(environment(root));
    environment.put("PATH", programs.toString());
    Shell.Result without = Shell.run(directory, environment, root + "/holdfast");
    assertThat(without.exit()).isEqualTo(69);
    assertThat(without.err()).contains("Maven (mvn)", "the package maven");

    environment.put("HOLDFAST_BUILD", "never");
    Shell.Result forbidden = Shell.run(directory, environment, root + "/holdfast");
    assertThat(forbidden.exit()).isEqualTo(69);
    assertThat(forbidden.err()).contains("HOLDFAST_BUILD=never");
  }

  private Shell.Result start(Path root) throws IOException, InterruptedException {
    return launch(root).await();
  }

  private Shell.Running launch(Path root) throws IOException {
    return Shell.start(directory, environment(root), root + "/holdfast");
  }

  private static Map<String, String> environment(Path root) {
    return Map.of(
        "HOLDFAST_JAVA_HOME",
        Fixture.JDK.toString(),
        "PATH",
        root.resolve("tools") + ":/usr/bin:/bin");
  }

  private static boolean waits(Shell.Running running) {
    try {
      return running.err().contains("waiting for another process");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets one waiting Maven go on; blocks until there is one. */
  private static void go(Path root) throws IOException {
    Files.writeString(root.resolve("go"), "go\n", StandardOpenOption.WRITE);
  }

  private static void next(Path root, String name) throws IOException {
    Files.move(
        Fixture.jar(root, name), root.resolve("next.jar"), StandardCopyOption.REPLACE_EXISTING);
  }

  private static long builds(Path root) throws IOException {
    return Files.readAllLines(root.resolve("builds")).size();
  }
}
