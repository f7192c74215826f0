package io.holdfast.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache of classes makes a start fast, and never makes it run what is no longer there. */
class StartUpCacheTest {

  @TempDir Path directory;
  private Path home;
  private Path jar;

  @BeforeEach
  void trainedCopy() throws Exception {
    home = Fixture.installed(directory.resolve("a copy"), "before");
    jar = home.resolve("lib/program.jar");
    Shell.Result training = Fixture.train(home, Map.of());
    assertThat(training.exit()).as(training.err()).isZero();
    assertThat(usesCache(Map.of())).isTrue();
  }

  enum Replacement {
    OVERWRITTEN {
      @Override
      void apply(Path other, Path jar) throws IOException {
        Files.write(jar, Files.readAllBytes(other), StandardOpenOption.TRUNCATE_EXISTING);
      }
    },
    RENAMED_OVER {
      @Override
      void apply(Path other, Path jar) throws IOException {
        Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    DELETED_AND_COPIED {
      @Override
      void apply(Path other, Path jar) throws IOException {
        Files.delete(jar);
        Files.copy(other, jar, StandardCopyOption.COPY_ATTRIBUTES);
      }
    };

    abstract void apply(Path other, Path jar) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Replacement.class)
  @DisplayName(
      "a jar replaced by one of the same size and time of modification runs, not its cached ghost")
  void replacedJar(Replacement replacement) throws Exception {
    Path other = Fixture.jar(directory, "after!");
    long size = Files.size(jar);
    FileTime modified = Files.getLastModifiedTime(jar);

    replacement.apply(other, jar);
    Files.setLastModifiedTime(jar, modified);

    assertThat(Files.size(jar)).isEqualTo(size);
    assertThat(Files.getLastModifiedTime(jar)).isEqualTo(modified);
    assertThat(start(Map.of())).isEqualTo(new Shell.Result(0, "after!\n", ""));
    assertThat(usesCache(Map.of())).isFalse();
  }

  @Test
  @DisplayName("a jar replaced while the training run goes on leaves no cache")
  void replacedDuringTraining() throws Exception {
    Path other = Fixture.jar(directory, "after!");
    Files.delete(home.resolve("cache/key"));

    Shell.Result training =
        Fixture.train(home, Map.of("REPLACE_WITH", other.toString(), "REPLACE", jar.toString()));

    assertThat(training.exit()).isNotZero();
    assertThat(home.resolve("cache/key")).doesNotExist();
    assertThat(start(Map.of())).isEqualTo(new Shell.Result(0, "after!\n", ""));
  }

  @Test
  @DisplayName(
      "a cut cache, an empty cache and one with changed bytes are passed over without a word")
  void damagedCache() throws Exception {
    Path cache = cacheFile();
    byte[] whole = Files.readAllBytes(cache);
    byte[] changed = whole.clone();
    for (int i = 4096; i < changed.length; i += 4096) {
      changed[i] ^= 0x55;
    }
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length / 2);
    for (byte[] damaged : new byte[][] {changed, cut, new byte[0]}) {
      Files.write(cache, damaged);
      assertThat(start(Map.of())).isEqualTo(new Shell.Result(0, "before\n", ""));
    }
    Files.delete(cache);
    assertThat(start(Map.of())).isEqualTo(new Shell.Result(0, "before\n", ""));
  }

  @Test
  @DisplayName("a damaged key is no key")
  void damagedKey() throws Exception {
    Path key = home.resolve("cache/key");
    String whole = Files.readString(key);
    for (String damaged : new String[] {"", "\n", whole.substring(0, 40), whole + "more\n"}) {
      Files.writeString(key, damaged);
      assertThat(start(Map.of())).isEqualTo(new Shell.Result(0, "before\n", ""));
      assertThat(usesCache(Map.of())).isFalse();
    }
  }

  @Test
  @DisplayName("a copy that was moved runs without the cache, and with a new one after training")
  void movedCopy() throws Exception {
    home = Files.move(home, directory.resolve("elsewhere"));
    assertThat(start(Map.of())).isEqualTo(new Shell.Result(0, "before\n", ""));
    assertThat(usesCache(Map.of())).isFalse();

    assertThat(Fixture.train(home, Map.of()).exit()).isZero();
    assertThat(usesCache(Map.of())).isTrue();
  }

  @Test
  @DisplayName("a further jar that is put into lib is seen, and ends the use of the cache")
  void addedJar() throws Exception {
    Files.move(Fixture.extraJar(directory, "Extra"), home.resolve("lib/aaa.jar"));
    assertThat(start(Map.of(), "class", "Extra")).isEqualTo(new Shell.Result(0, "Extra\n", ""));
    assertThat(usesCache(Map.of())).isFalse();
  }

  @Test
  @DisplayName("further jars on the class path do not cost the cache")
  void furtherClassPath() throws Exception {
    Map<String, String> environment =
        Map.of("HOLDFAST_CLASSPATH", Fixture.extraJar(directory, "Extra").toString());
    assertThat(start(environment, "class", "Extra")).isEqualTo(new Shell.Result(0, "Extra\n", ""));
    assertThat(usesCache(environment)).isTrue();
  }

  @Test
  @DisplayName("options that the cache does not fit are no reason for a warning")
  void unfittingOptions() throws Exception {
    for (String option :
        List.of(
            "-XX:+UseZGC", "-XX:+UseParallelGC", "-Xmx40g", "-XX:-UseCompressedOops", "-Xint")) {
      assertThat(start(Map.of("HOLDFAST_JAVA_OPTS", option)))
          .as(option)
          .isEqualTo(new Shell.Result(0, "before\n", ""));
    }
  }

  @Test
  @DisplayName("another JDK does not get this JDK's cache")
  void otherJdk() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other jdk"));
    for (String part : new String[] {"bin", "lib", "conf"}) {
      Files.createSymbolicLink(other.resolve(part), Fixture.JDK.resolve(part));
    }
    Files.copy(Fixture.JDK.resolve("release"), other.resolve("release"));
    Map<String, String> environment = Map.of("HOLDFAST_JAVA_HOME", other.toString());
    assertThat(start(environment)).isEqualTo(new Shell.Result(0, "before\n", ""));
    assertThat(usesCache(environment)).isFalse();
    for (String part : new String[] {"bin", "lib", "conf"}) {
      Files.delete(other.resolve(part));
    }
  }

  private Shell.Result start(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> whole = new HashMap<>();
    whole.put("HOLDFAST_JAVA_HOME", Fixture.JDK.toString());
    whole.putAll(environment);
    String[] command = new String[arguments.length + 1];
    command[0] = home.resolve("bin/holdfast").toString();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Shell.run(directory, whole, command);
  }

  private boolean usesCache(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(directory, "classes", ".log");
    Map<String, String> whole = new HashMap<>(environment);
    whole.put("HOLDFAST_JAVA_OPTS", "-Xlog:class+load=info:file=" + log);
    assertThat(start(whole).exit()).isZero();
    String line =
        Files.readAllLines(log).stream()
            .filter(loaded -> loaded.contains("io.holdfast.cli.Main "))
            .findFirst()
            .orElseThrow();
    return line.contains("source: shared objects file");
  }

  private Path cacheFile() throws IOException {
    return home.resolve("cache").resolve(Files.readAllLines(home.resolve("cache/key")).getFirst());
  }
}
