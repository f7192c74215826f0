package io.holdfast.cli.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;

/**
 * The real scripts around a small program of the tests' own, as a checkout or as an installed copy.
 */
final class Fixture {

  /** The JDK that the tests run on, which is the one that the scripts are to find. */
  static final Path JDK = Path.of(System.getProperty("java.home"));

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /**
   * Prints the name it was compiled with, then its arguments; {@code pid} and {@code exit N} do
   * what they say.
   */
  private static final String MAIN =
      """
      package io.holdfast.cli;
      public class Main {
        public static void main(String[] args) throws Exception {
          if (args.length == 1 && args[0].equals("pid")) {
            System.out.println(ProcessHandle.current().pid());
          } else if (args.length == 2 && args[0].equals("exit")) {
            System.exit(Integer.parseInt(args[1]));
          } else if (args.length == 2 && args[0].equals("class")) {
            System.out.println(Class.forName(args[1]).getName());
          } else if (args.length == 1 && args[0].equals("options")) {
            System.out.println(java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
          } else {
            System.out.println("NAME" + String.join("|", args));
          }
        }
      }
      """;

  /** Loads the program; replaces its jar meanwhile when the environment asks for that. */
  private static final String TRAINING =
      """
      package io.holdfast.cli;
      import java.nio.file.*;
      public class StartUpTraining {
        public static void main(String[] args) throws Exception {
          Main.main(new String[0]);
          String other = System.getenv("REPLACE_WITH");
          if (other != null) {
            Files.move(Path.of(other), Path.of(System.getenv("REPLACE")), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
      """;

  private Fixture() {}

  /**
   * Makes a jar with the program called {@code name}; names of one length make jars of one size.
   */
  static Path jar(Path directory, String name) throws IOException {
    Path classes = Files.createTempDirectory(directory, "classes");
    Path main = Files.writeString(classes.resolve("Main.java"), MAIN.replace("NAME", name));
    Path training = Files.writeString(classes.resolve("StartUpTraining.java"), TRAINING);
    compile(classes, main, training);
    return pack(classes, directory.resolve(name + ".jar"));
  }

  /** Makes a jar with one empty class of the given name. */
  static Path extraJar(Path directory, String className) throws IOException {
    Path classes = Files.createTempDirectory(directory, "classes");
    compile(
        classes,
        Files.writeString(
            classes.resolve(className + ".java"), "public class " + className + " {}"));
    return pack(classes, directory.resolve(className + ".jar"));
  }

  /** Makes an installed copy (bin, lib, sh) whose program is called {@code name}. */
  static Path installed(Path home, String name) throws IOException {
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("lib"));
    copy(ROOT.resolve("holdfast"), home.resolve("bin/holdfast"));
    copyScripts(home.resolve("sh"));
    Files.move(jar(home, name), home.resolve("lib/program.jar"));
    return home;
  }

  /**
   * Makes a checkout with the real scripts and a Maven of the tests' own, which takes the jar
   * {@code next.jar} for the result of the build and writes a line to {@code builds}.
   *
   * @param wait whether that Maven waits until somebody writes to the pipe {@code go}
   */
  static Path checkout(Path root, String name, boolean wait)
      throws IOException, InterruptedException {
    Files.createDirectories(root.resolve("cli/src/main"));
    Files.createDirectories(root.resolve("engine/src/main"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    copy(ROOT.resolve("holdfast"), root.resolve("holdfast"));
    copyScripts(root.resolve("cli/src/main/sh"));
    Files.move(jar(root, name), root.resolve("next.jar"));
    Files.createDirectories(root.resolve("tools"));
    Path maven =
        Files.writeString(
            root.resolve("tools/mvn"),
            """
            #!/bin/sh
            cd "%1$s" && echo "$JAVA_HOME" >>builds
            %2$s
            [ -f next.jar ] || { echo '[ERROR] no such class: Nowhere'; exit 1; }
            mkdir -p cli/target/quick/lib && cp next.jar cli/target/quick/lib/program.jar
            """
                .formatted(root, wait ? "read -r go <go" : ""));
    if (!maven.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + maven + " executable");
    }
    if (wait) {
      Shell.run(root, Map.of(), "mkfifo", "go");
    }
    return root;
  }

  /** Fills the start-up cache of an installed copy. */
  static Shell.Result train(Path home, Map<String, String> environment)
      throws IOException, InterruptedException {
    return Shell.run(
        home,
        environment,
        "sh",
        "-c",
        ". \"$0/sh/cache.sh\"; cache_train \"$0\" \"$1\"",
        home.toString(),
        JDK.toString());
  }

  private static void copyScripts(Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> scripts = Files.list(Path.of("src/main/sh"))) {
      for (Path script : scripts.toList()) {
        copy(script, to.resolve(script.getFileName()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void compile(Path classes, Path... sources) {
    List<String> arguments =
        Stream.concat(Stream.of("-d", classes.toString()), Stream.of(sources).map(Path::toString))
            .toList();
    int exit =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    if (exit != 0) {
      throw new AssertionError("the tests' program does not compile");
    }
  }

  private static Path pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> found = Files.walk(classes)) {
      // Not compressed, so that the size does not depend on the name.
      zip.setLevel(0);
      for (Path entry :
          found.filter(path -> path.toString().endsWith(".class")).sorted().toList()) {
        ZipEntry header = new ZipEntry(classes.relativize(entry).toString());
        header.setTime(1_700_000_000_000L);
        zip.putNextEntry(header);
        zip.write(Files.readAllBytes(entry));
      }
    }
    return jar;
  }
}
