package io.holdfast.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of an installed copy: which Java it takes, and how it becomes the program. */
class LauncherTest {

  @TempDir Path directory;
  private Path launcher;

  @BeforeEach
  void installedCopy() throws Exception {
    launcher = Fixture.installed(directory.resolve("a copy"), "program ").resolve("bin/holdfast");
  }

  @Test
  @DisplayName("arguments reach the program as they were typed")
  void arguments() throws Exception {
    assertThat(start("a b", "*", "", "$HOME", "--x=\"y\"").out())
        .isEqualTo("program a b|*||$HOME|--x=\"y\"\n");
  }

  @Test
  @DisplayName("arguments in UTF-8 arrive whole where no locale is set")
  void unicodeArguments() throws Exception {
    assertThat(start("größe-日本").out()).isEqualTo("program größe-日本\n");
  }

  @Test
  @DisplayName("the exit code is the program's")
  void exitCode() throws Exception {
    assertThat(start("exit", "42").exit()).isEqualTo(42);
  }

  @Test
  @DisplayName("the launcher becomes the program, so that a signal reaches it")
  void becomesTheProgram() throws Exception {
    Shell.Running running = Shell.start(directory, environment(), launcher.toString(), "pid");
    assertThat(running.await().out()).isEqualTo(running.process().pid() + "\n");
  }

  @Test
  @DisplayName("works through symbolic links, from any directory, relative or found on the PATH")
  void places() throws Exception {
    Path links = Files.createDirectory(directory.resolve("links"));
    Files.createSymbolicLink(links.resolve("first"), Path.of("../a copy/bin/holdfast"));
    Files.createSymbolicLink(links.resolve("hf"), Path.of("first"));
    Shell.Result expected = new Shell.Result(0, "program x\n", "");

    assertThat(Shell.run(links, environment(), "./hf", "x")).isEqualTo(expected);
    assertThat(Shell.run(directory, environment(), "links/hf", "x")).isEqualTo(expected);
    assertThat(Shell.run(directory, environment(), "a copy/bin/holdfast", "x")).isEqualTo(expected);
    assertThat(Shell.run(directory.resolve("a copy/bin"), environment(), "sh", "holdfast", "x"))
        .isEqualTo(expected);
    assertThat(
            Shell.run(directory, environment(), "sh", "-c", "PATH=\"$PWD/links:$PATH\"; exec hf x"))
        .isEqualTo(expected);
  }

  @Test
  @DisplayName(
      "commands that answer do without the optimising compiler, commands that move data have it")
  void compilers() throws Exception {
    String answerOnly = "-XX:TieredStopAtLevel=1";
    assertThat(options("list")).contains(answerOnly).contains("-Xmx256m");
    assertThat(options("create")).doesNotContain(answerOnly).contains("-Xmx256m");
    assertThat(options("restore", "--component", "list")).doesNotContain(answerOnly);
    assertThat(options("restore", "--help")).doesNotContain(answerOnly);
  }

  @Test
  @DisplayName("options of the user are stronger, a collector among them")
  void options() throws Exception {
    Map<String, String> mine =
        Map.of(
            "HOLDFAST_JAVA_HOME",
            Fixture.JDK.toString(),
            "HOLDFAST_JAVA_OPTS",
            "-Xmx77m -XX:+UseParallelGC");
    Shell.Result result = Shell.run(directory, mine, launcher.toString(), "options");
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).containsSubsequence("-Xmx256m", "-Xmx77m", "-XX:+UseParallelGC");
    assertThat(result.out()).doesNotContain("UseSerialGC");
  }

  @Test
  @DisplayName("a Java that is too old, or none, is refused with 69 and what to install")
  void unfittingJava() throws Exception {
    assertThat(Shell.run(directory, home(java("old", "21.0.4")), launcher.toString()))
        .satisfies(result -> {
          assertThat(result.exit()).isEqualTo(69);
          assertThat(result.out()).isEmpty();
          assertThat(result.err()).contains("which is Java 21").contains("JDK 25");
        });
    assertThat(Shell.run(directory, home(java("ancient", "1.8.0_402")), launcher.toString()).err())
        .contains("which is Java 1");
    assertThat(Shell.run(directory, home(directory), launcher.toString()))
        .satisfies(result -> {
          assertThat(result.exit()).isEqualTo(69);
          assertThat(result.err()).contains("holds no Java");
        });
  }

  @Test
  @DisplayName("versions are read from the release file, early access and future ones too")
  void versions() throws Exception {
    for (String version : new String[] {"25", "25-ea", "25.0.3", "26-beta+1", "30.1"}) {
      Path java = java("jdk " + version, version);
      assertThat(find("java", Map.of("JAVA_HOME", java.toString())))
          .as(version)
          .isEqualTo(java + "\n");
    }
  }

  @Test
  @DisplayName("a Java that is too old in JAVA_HOME is passed over for one in a usual place")
  void passesOver() throws Exception {
    Path found = java(".jdks/temurin-25", "25.0.1");
    Path old = java("old", "24");
    Map<String, String> environment =
        Map.of("JAVA_HOME", old.toString(), "PATH", old.resolve("bin") + ":/bin:/usr/bin");
    assertThat(find("java", environment)).contains(found.toString());
  }

  @Test
  @DisplayName("a runtime without a compiler is named when a build needs a JDK")
  void runtimeOnly() throws Exception {
    Path runtime = java("jre", "25.0.1");
    assertThat(find("javac", Map.of("JAVA_HOME", runtime.toString())))
        .contains(runtime + " is only a runtime")
        .contains("openjdk-25-jdk");
  }

  /**
   * Looks for a Java with the real finder, to which only places below the test's directory exist.
   */
  private String find(String program, Map<String, String> environment) throws Exception {
    Shell.Result result =
        Shell.run(
            directory,
            environment,
            "sh",
            "-c",
            """
            . "$0"
            eval "$(sed -n '/^java_accept() {/,/^}/p' "$0" | sed 's/^java_accept/java_accept_any/')"
            java_accept() { case $1 in "$HOME"/*) java_accept_any "$@" ;; *) return 1 ;; esac; }
            if java_find "$1"; then echo "$java_home"; else java_explain "$1" 2>&1; fi
            """,
            directory.resolve("a copy/sh/jdk.sh").toString(),
            program);
    assertThat(result.err()).isEmpty();
    return result.out();
  }

  /** Makes a directory that looks like a Java of the given version and cannot run. */
  private Path java(String name, String version) throws Exception {
    Path java = directory.resolve(name);
    Files.createDirectories(java.resolve("bin"));
    Path program = Files.writeString(java.resolve("bin/java"), "#!/bin/sh\nexit 99\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        java.resolve("release"), "IMPLEMENTOR=\"Any\"\nJAVA_VERSION=\"" + version + "\"\n");
    return java;
  }

  private Shell.Result start(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = launcher.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Shell.run(directory, environment(), command);
  }

  private static Map<String, String> environment() {
    return home(Fixture.JDK);
  }

  private static Map<String, String> home(Path java) {
    return Map.of("HOLDFAST_JAVA_HOME", java.toString());
  }

  private String options(String... arguments) throws Exception {
    Path dump = Files.createTempFile(directory, "options", "");
    Map<String, String> environment =
        Map.of(
            "HOLDFAST_JAVA_HOME",
            Fixture.JDK.toString(),
            "HOLDFAST_JAVA_OPTS",
            "-Xlog:arguments=info:file=" + dump);
    String[] command = new String[arguments.length + 1];
    command[0] = launcher.toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    assertThat(Shell.run(directory, environment, command).exit()).isZero();
    return Files.readString(dump);
  }
}
