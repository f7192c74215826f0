package io.holdfast.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.cli.Cli;
import io.holdfast.cli.Cli.Result;
import io.holdfast.engine.file.FilePath;
import io.holdfast.engine.file.posix.PosixFileLayer;
import io.holdfast.vault.Vault;
import io.holdfast.vault.VaultAccess;
import io.holdfast.vault.backend.local.LocalBackend;
import io.holdfast.vault.lock.LockOwner;
import io.holdfast.vault.lock.LockRole;
import io.holdfast.vault.lock.VaultLock;
import io.holdfast.vault.lock.VaultLocks;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody is told who stands before a vault and does not know what to do next. */
class VaultGuidanceTest {
  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = Cli.withPlatform(directory);
    cli.write("secret", "open sesame\n");
    configure("path: vault");
  }

  private void configure(String where) {
    cli.write(
        "holdfast.yaml",
        """
        backup: {repository: vault, %s, state: state, password_file: secret}
        components:
          tree: {kind: directory, path: data}
        """
            .formatted(where));
  }

  private List<Path> files(String below) throws IOException {
    try (Stream<Path> all = Files.walk(cli.path(below))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  @DisplayName("unlock tells of the locks that it leaves, and how they go; so does a prune")
  void locksThatStay() throws IOException {
    assertThat(cli.run("backup").exit()).isZero();
    byte[] password = "open sesame".getBytes(StandardCharsets.UTF_8);
    var random = new SecureRandom();
    var backend = new LocalBackend(PosixFileLayer.create(), FilePath.of(cli.path("vault")), random);
    try (Vault vault = VaultAccess.open(backend, password, random).orElseThrow();
        VaultLock lock =
            new VaultLocks(vault, new LockOwner("mars", "root", 77), Clock.systemUTC(), pid -> true)
                .share(LockRole.PRUNE)) {
      Result unlock = cli.run("repository", "unlock");
      Result json = cli.run("--json", "repository", "unlock");
      Result prune = cli.run("repository", "prune");

      assertThat(unlock.exit()).isZero();
      assertThat(unlock.out())
          .contains("no lock to remove, 1 lock stays:", "of process 77 of root", "on mars", "ago")
          .contains("--remove-all removes it too");
      assertThat(json.out())
          .contains("\"removed\":0", "\"left\":[{\"holder\":\"process 77", "\"since\":\"20");
      assertThat(prune.exit()).isEqualTo(5);
      assertThat(prune.err()).contains("repository unlock --remove-all");
      assertThat(cli.run("repository", "unlock", "--remove-all").out()).contains("1 lock removed");
    }
  }

  @Test
  @DisplayName("a storage is tried before there is a vault, and nothing is left of that")
  void storageWithoutVault() throws IOException {
    for (int i = 0; i < 2; i++) {
      Result result = cli.run("doctor", "repository");

      assertThat(result.exit()).as(result.toString()).isZero();
      assertThat(result.out())
          .contains("read after write", "vault: none is there yet")
          .contains("The storage keeps what a vault needs.");
      try (Stream<Path> there = Files.list(directory)) {
        assertThat(there.map(path -> path.getFileName().toString()))
            .noneMatch(name -> name.startsWith(".holdfast"));
      }
      Files.createDirectories(cli.path("vault"));
      assertThat(files("vault")).isEmpty();
    }
    assertThat(cli.run("backup").exit()).isZero();
    assertThat(cli.run("doctor", "repository").out()).doesNotContain("none is there yet");
  }

  @Test
  @DisplayName("a path that no vault can be at is told by what is wrong with it")
  void impossiblePath() {
    for (String path : List.of("/dev/full/v", "app.ini", "app.ini/below")) {
      configure("path: " + path);
      for (String command : List.of("backup", "repository init")) {
        Result result = cli.run(command.split(" "));

        assertThat(result.exit()).as(result.toString()).isEqualTo(10);
        assertThat(result.err()).contains("no directory", "Let `path` name");
      }
      Result doctor = cli.run("doctor", "repository");
      assertThat(doctor.exit()).as(doctor.toString()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("where nobody says the password, the variables that say it are named")
  void missingPassword() {
    assertThat(cli.run("backup").exit()).isZero();

    Result list = cli.run("backup", "list", "--repository", "vault");
    Result copy = cli.run("repository", "copy", "--to", "copy", "--to-kind", "vault");

    assertThat(list.exit()).isEqualTo(2);
    assertThat(list.err()).contains("password of vault is not known", "HOLDFAST_PASSWORD_FILE");
    assertThat(copy.exit()).isEqualTo(2);
    assertThat(copy.err())
        .contains(
            "password of copy is not known", "--to-password-file", "HOLDFAST_TO_PASSWORD_FILE");
  }

  @Test
  @DisplayName("a host that is not known and one that does not answer are told apart")
  void unreachable() throws IOException {
    configure("url: 'rest:http://no-such-host.invalid/v'");
    Result unknown = cli.run("doctor");
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    configure("url: 'rest:http://127.0.0.1:" + port + "/v'");
    Result refused = cli.run("doctor");

    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.out())
        .contains("the name of the host is not known", "DNS")
        .doesNotContain("again and again");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out())
        .contains("nobody answers there")
        .doesNotContain("DNS", "again and again");
  }

  @Test
  @DisplayName("of a damaged index it is said how it is made anew")
  void damagedIndex() throws IOException {
    assertThat(cli.run("backup").exit()).isZero();
    Path index = files("vault/index").getFirst();
    index.toFile().setWritable(true);
    byte[] bytes = Files.readAllBytes(index);
    bytes[bytes.length / 2] ^= 1;
    Files.write(index, bytes);

    for (String command : List.of("backup", "repository check")) {
      Result result = cli.run(command.split(" "));

      assertThat(result.exit()).as(result.toString()).isEqualTo(6);
      assertThat(result.err())
          .contains("make a copy of the vault", "restic repair index", "restic rebuild-index");
    }
  }

  @Test
  @DisplayName("an empty directory is backed up, and both the doctor and the backup say so")
  void emptyDirectory() throws IOException {
    Files.delete(cli.path("data/a.txt"));
    Files.delete(cli.path("data/sub/b.txt"));
    Files.delete(cli.path("data/sub"));

    Result doctor = cli.run("doctor");
    Result backup = cli.run("backup");

    assertThat(doctor.exit()).isZero();
    assertThat(doctor.out()).containsPattern("warning  component: tree: .*is empty");
    assertThat(backup.exit()).isZero();
    assertThat(backup.out() + backup.err()).contains("the directory is empty");
  }

  @Test
  @DisplayName("an empty directory may become a repository of either kind, and doctor agrees")
  void emptyPlace() throws IOException {
    Files.createDirectories(cli.path("plain"));
    cli.write(
        "holdfast.yaml",
        """
        backup: {path: plain}
        components:
          tree: {kind: directory, path: data}
        """);
    Result doctor = cli.run("doctor");

    assertThat(doctor.exit()).as(doctor.toString()).isZero();
    assertThat(doctor.out()).contains("does not exist yet");
    assertThat(cli.run("backup").exit()).isZero();
  }

  @Test
  @DisplayName("a vault without keys is told from a wrong password")
  void noKeys() throws IOException {
    assertThat(cli.run("backup").exit()).isZero();
    Files.delete(files("vault/keys").getFirst());

    Result result = cli.run("backup", "list");

    assertThat(result.exit()).isEqualTo(10);
    assertThat(result.err()).contains("has lost its keys", "from a copy of the vault");
  }

  @Test
  @DisplayName("problems name their subject once")
  void subjects() throws IOException {
    assertThat(cli.run("backup").exit()).isZero();
    Path snapshot = files("vault/snapshots").getFirst();
    assertThat(snapshot.toFile().setWritable(true)).isTrue();
    Files.write(snapshot, new byte[] {1, 2, 3});

    Result result = cli.run("repository", "check");

    String name = "snapshots/" + snapshot.getFileName();
    assertThat(result.exit()).isEqualTo(6);
    assertThat(result.out()).contains(name).doesNotContain(name + ": is damaged: " + name);
    assertThat(result.out().lines()).noneMatch(line -> line.startsWith("  :"));
  }

  @Test
  @DisplayName("the list of a vault has no column for what nobody can tell")
  void noStoredColumn() {
    assertThat(cli.run("backup").exit()).isZero();
    assertThat(cli.run("backup", "list").out()).doesNotContain("STORED");
  }

  @Test
  @DisplayName("of a run that published nothing no component is called completed")
  void notKept() {
    cli.write("more/file", "x");
    cli.write(
        "holdfast.yaml",
        cli.read("holdfast.yaml").replace("{repository", "{parallelism: 1, repository")
            + "  zz: {kind: directory, path: more, pause: ['true'], resume: ['false']}\n");

    Result result = cli.run("backup");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("tree +directory +not kept")
        .doesNotContain("completed");
  }
}
